// The respondent's way and the panel in a real browser. One file, so that one demo and one browser serve all cases.
import "./cases/shortest_way.mjs";
import "./cases/lists.mjs";
import "./cases/sending.mjs";
import "./cases/together.mjs";
import "./cases/background.mjs";
import "./cases/entrances.mjs";
import "./cases/panel.mjs";
import "./cases/coding.mjs";
import "./cases/things.mjs";
import "./cases/chapter.mjs";
import "./cases/accessibility.mjs";
