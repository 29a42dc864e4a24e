//! The few files that pages refer to, carried inside the program: a stylesheet, a script and an icon, and what the panel
//! adds to them.
//!
//! Each file's address holds a hash of its content, so a browser may keep it for ever and still gets the new
//! one after an update. Nothing comes from anybody else's server.
use sha2::{Digest, Sha256};

/// What may be sent with every file of [`Assets`]: its address changes whenever its content does.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// The folder of addresses under which the files are served.
pub const FOLDER: &str = "/static/";

/// One file as a browser gets it.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Address from the root, such as `/static/miernik.0a1b2c3d4e5f.css`.
    pub path: String,
    /// Value of `Content-Type`, with the charset for texts.
    pub content_type: &'static str,
    /// The content; text, so worth compressing on the way.
    pub body: &'static [u8],
}

impl Asset {
    fn new(stem: &str, ending: &str, content_type: &'static str, body: &'static [u8]) -> Asset {
        let digest = Sha256::digest(body);
        let hash: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Asset { path: format!("{FOLDER}{stem}.{hash}.{ending}"), content_type, body }
    }
}

/// All files that pages refer to.
#[derive(Debug, Clone)]
pub struct Assets {
    /// The one stylesheet.
    pub styles: Asset,
    /// What pages of the panel need besides.
    pub panel_styles: Asset,
    /// The one script of respondents' pages; every page works without it.
    pub script: Asset,
    /// The script of the coding workbench, which works without it as well.
    pub coding: Asset,
    /// The icon in the browser's tab.
    pub icon: Asset,
}

impl Assets {
    /// Names the files by their content. Cheap, but meant to be called once when the service starts.
    pub fn new() -> Assets {
        Assets {
            styles: Asset::new(
                "miernik",
                "css",
                "text/css; charset=utf-8",
                include_bytes!("../../static/miernik.css"),
            ),
            panel_styles: Asset::new(
                "panel",
                "css",
                "text/css; charset=utf-8",
                include_bytes!("../../static/panel.css"),
            ),
            coding: Asset::new(
                "coding",
                "js",
                "text/javascript; charset=utf-8",
                include_bytes!("../../static/coding.js"),
            ),
            script: Asset::new(
                "miernik",
                "js",
                "text/javascript; charset=utf-8",
                include_bytes!("../../static/miernik.js"),
            ),
            icon: Asset::new("miernik", "svg", "image/svg+xml", include_bytes!("../../static/miernik.svg")),
        }
    }

    /// The file at an address such as `/static/miernik.0a1b2c3d4e5f.css`; none under an outdated hash.
    pub fn find(&self, path: &str) -> Option<&Asset> {
        let all = [&self.styles, &self.panel_styles, &self.script, &self.coding, &self.icon];
        all.into_iter().find(|asset| asset.path == path)
    }
}

impl Default for Assets {
    fn default() -> Assets {
        Assets::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found_under_its_own_address_only() {
        let assets = Assets::new();
        for asset in [&assets.styles, &assets.panel_styles, &assets.script, &assets.coding, &assets.icon] {
            assert!(asset.path.starts_with(FOLDER));
            assert_eq!(assets.find(&asset.path).expect("found").body, asset.body);
        }
        assert!(assets.find("/static/miernik.css").is_none());
    }

    #[test]
    fn a_changed_file_gets_another_address() {
        let one = Asset::new("a", "css", "text/css", b"p{}");
        let two = Asset::new("a", "css", "text/css", b"p{ }");
        assert_ne!(one.path, two.path);
    }

    #[test]
    fn the_first_page_is_light() {
        let assets = Assets::new();
        assert!(assets.styles.body.len() < 12 * 1024, "stylesheet: {} bytes", assets.styles.body.len());
        assert!(assets.script.body.len() < 6 * 1024, "script: {} bytes", assets.script.body.len());
    }

    #[test]
    fn the_files_ask_for_nothing_from_elsewhere() {
        let assets = Assets::new();
        for asset in [&assets.styles, &assets.panel_styles, &assets.script, &assets.coding] {
            let text = std::str::from_utf8(asset.body).expect("UTF-8");
            for foreign in ["http://", "https://", "@import", "url(", "eval(", "new Function"] {
                assert!(!text.contains(foreign), "{}: {foreign}", asset.path);
            }
        }
    }
}
