//! An answer of the service as a browser has it: a page that can be read, with forms that can be filled in.

use reqwest::StatusCode;
use reqwest::blocking::Response;
use reqwest::header::HeaderMap;
use scraper::{ElementRef, Html, Selector};

/// An answer.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Where it was asked for.
    pub(crate) path: String,
}

impl Page {
    pub(crate) fn of(response: Response) -> Self {
        let path = response.url().path().to_owned();
        let (status, headers) = (response.status(), response.headers().clone());
        Self { status, headers, body: response.bytes().unwrap().to_vec(), path }
    }

    /// The page, after making sure of its status.
    #[track_caller]
    pub(crate) fn with_status(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.path, self.words());
        self
    }

    /// Where it redirects to with 303.
    #[track_caller]
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status.as_u16(), 303, "{}: {}", self.path, self.words());
        self.header("location").unwrap()
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The whole body.
    pub(crate) fn source(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn tree(&self) -> Html {
        Html::parse_document(self.source())
    }

    /// What a person reads in the page's main part.
    pub(crate) fn words(&self) -> String {
        let Ok(source) = std::str::from_utf8(&self.body) else { return String::new() };
        let tree = Html::parse_document(source);
        tree.select(&selector("main")).map(|main| spaced(&main)).collect()
    }

    /// The texts of all elements that a selector finds.
    pub(crate) fn texts(&self, wanted: &str) -> Vec<String> {
        self.tree().select(&selector(wanted)).map(|element| spaced(&element)).collect()
    }

    /// The text of the one element that a selector finds.
    #[track_caller]
    pub(crate) fn text(&self, wanted: &str) -> String {
        let mut found = self.texts(wanted);
        assert_eq!(found.len(), 1, "{wanted} on {}: {}", self.path, self.words());
        found.remove(0)
    }

    /// An attribute of every element that a selector finds.
    pub(crate) fn attributes(&self, wanted: &str, name: &str) -> Vec<String> {
        let tree = self.tree();
        tree.select(&selector(wanted)).filter_map(|found| found.attr(name)).map(str::to_owned).collect()
    }

    /// The one form of the main part.
    #[track_caller]
    pub(crate) fn form(&self) -> Form {
        let tree = self.tree();
        let forms: Vec<ElementRef<'_>> = tree.select(&selector("main form")).collect();
        assert_eq!(forms.len(), 1, "forms on {}: {}", self.path, self.words());
        Form::of(&forms[0])
    }

    /// All forms that are sent to an address.
    pub(crate) fn forms_to(&self, action: &str) -> Vec<Form> {
        let tree = self.tree();
        let form = selector("form");
        let own = tree.select(&form).filter(|form| form.attr("action") == Some(action));
        own.map(|form| Form::of(&form)).collect()
    }

    /// The one form that a selector finds.
    #[track_caller]
    pub(crate) fn form_in(&self, wanted: &str) -> Form {
        let tree = self.tree();
        let forms: Vec<ElementRef<'_>> = tree.select(&selector(wanted)).collect();
        assert_eq!(forms.len(), 1, "{wanted} on {}: {}", self.path, self.words());
        Form::of(&forms[0])
    }

    /// The form that is sent to an address.
    #[track_caller]
    pub(crate) fn form_to(&self, action: &str) -> Form {
        let tree = self.tree();
        let found = tree.select(&selector("form")).find(|form| form.attr("action") == Some(action));
        Form::of(&found.unwrap_or_else(|| panic!("no form to {action} on {}: {}", self.path, self.words())))
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// Texts with single spaces between them.
fn spaced(element: &ElementRef<'_>) -> String {
    let all: String = element.text().collect();
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A form with what would be sent now.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) action: String,
    inputs: Vec<Input>,
    buttons: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
struct Input {
    name: String,
    value: String,
    shape: Shape,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    Hidden,
    Text,
    Radio(bool),
    Checkbox(bool),
    Select(Vec<String>),
}

impl Form {
    fn of(form: &ElementRef<'_>) -> Self {
        let action = form.attr("action").unwrap().to_owned();
        let (mut inputs, mut buttons) = (Vec::new(), Vec::new());
        for element in form.select(&selector("input, textarea, select, button")) {
            let Some(name) = element.attr("name").map(str::to_owned) else { continue };
            let value = element.attr("value").unwrap_or_default().to_owned();
            if element.value().name() == "button" {
                buttons.push((name, value));
            } else {
                inputs.push(Input::of(&element, name, value));
            }
        }
        Self { action, inputs, buttons }
    }

    /// Types into a text field, picks a radio button or an entry of a menu.
    #[track_caller]
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        let mut found = false;
        for input in self.inputs.iter_mut().filter(|input| input.name == name) {
            match &mut input.shape {
                Shape::Text => {
                    found = true;
                    value.clone_into(&mut input.value);
                }
                Shape::Radio(on) => {
                    *on = input.value == value;
                    found |= *on;
                }
                Shape::Select(values) => {
                    found |= values.iter().any(|known| known == value);
                    value.clone_into(&mut input.value);
                }
                Shape::Hidden | Shape::Checkbox(_) => {}
            }
        }
        assert!(found, "nothing called {name} takes {value:?}: {:?}", self.inputs);
        self
    }

    /// Ticks a checkbox or takes the tick away.
    #[track_caller]
    pub(crate) fn tick(mut self, name: &str, value: &str, on: bool) -> Self {
        let same = |input: &&mut Input| input.name == name && input.value == value;
        let boxes = self.inputs.iter_mut().filter(|input| matches!(input.shape, Shape::Checkbox(_)));
        boxes.filter(same).for_each(|input| input.shape = Shape::Checkbox(on));
        let done =
            self.inputs.iter().any(|i| i.name == name && i.value == value && i.shape == Shape::Checkbox(on));
        assert!(done, "no box {name} = {value}: {:?}", self.inputs);
        self
    }

    /// Tampers: what a browser would not do.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.inputs.retain(|input| input.name != name);
        self.inputs.push(Input { name: name.into(), value: value.into(), shape: Shape::Hidden });
        self
    }

    /// Tampers: leaves a field out.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.inputs.retain(|input| input.name != name);
        self
    }

    /// The names of everything that can be filled in, in the order of the page.
    pub(crate) fn names(&self) -> Vec<&str> {
        let shown = self.inputs.iter().filter(|input| input.shape != Shape::Hidden);
        shown.map(|input| input.name.as_str()).collect()
    }

    /// The values of the buttons of a name.
    pub(crate) fn buttons(&self, name: &str) -> Vec<&str> {
        self.buttons.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect()
    }

    /// What the field of a name would send.
    #[track_caller]
    pub(crate) fn value(&self, name: &str) -> String {
        let sent: Vec<String> =
            self.sent().into_iter().filter(|(own, _)| own == name).map(|(_, value)| value).collect();
        assert!(!sent.is_empty(), "nothing called {name}: {:?}", self.inputs);
        sent.join(" ").trim().to_owned()
    }

    /// The pairs without a button, as Enter in a form without buttons would send them.
    pub(crate) fn sent(&self) -> Vec<(String, String)> {
        let on = |input: &&Input| !matches!(input.shape, Shape::Radio(false) | Shape::Checkbox(false));
        let lines = |text: &str| text.replace("\r\n", "\n").replace('\n', "\r\n");
        self.inputs.iter().filter(on).map(|input| (input.name.clone(), lines(&input.value))).collect()
    }

    /// The pairs when a button is pressed.
    #[track_caller]
    pub(crate) fn pressed(&self, button: &str, value: &str) -> Vec<(String, String)> {
        assert!(self.buttons(button).contains(&value), "no button {button} = {value}: {:?}", self.buttons);
        let mut pairs = self.sent();
        pairs.push((button.into(), value.into()));
        pairs
    }
}

impl Input {
    fn of(element: &ElementRef<'_>, name: String, value: String) -> Self {
        let checked = element.attr("checked").is_some();
        let shape = match (element.value().name(), element.attr("type")) {
            ("select", _) => return Self::menu(element, name),
            ("textarea", _) => return Self { name, value: element.text().collect(), shape: Shape::Text },
            (_, Some("hidden")) => Shape::Hidden,
            (_, Some("radio")) => Shape::Radio(checked),
            (_, Some("checkbox")) => Shape::Checkbox(checked),
            _ => Shape::Text,
        };
        Self { name, value, shape }
    }

    fn menu(element: &ElementRef<'_>, name: String) -> Self {
        let options: Vec<ElementRef<'_>> = element.select(&selector("option")).collect();
        let value = |option: &ElementRef<'_>| option.attr("value").unwrap_or_default().to_owned();
        let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
        let shape = Shape::Select(options.iter().map(value).collect());
        Self { name, value: chosen.map(value).unwrap_or_default(), shape }
    }
}
