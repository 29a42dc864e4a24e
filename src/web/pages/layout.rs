//! What surrounds every page: header, notices about the whole page, footer.
use std::sync::Arc;

use crate::config::{Office, Settings};
use crate::service::measures::SYNTHETIC_NOTICE;
use crate::web::assets::Assets;

/// What is the same on all pages of an installation. Made once, when the service starts.
#[derive(Debug, Clone)]
pub struct Site {
    /// Name of the service, in the header and at the end of every title.
    pub service: String,
    /// The office that asks.
    pub office: Office,
    /// Public address without the scheme, as people check it.
    pub host: String,
    /// Public address with the scheme and without a slash at the end.
    pub address: String,
    /// Address of the stylesheet.
    pub styles: String,
    /// Address of the stylesheet that the panel adds.
    pub panel_styles: String,
    /// Address of the script.
    pub script: String,
    /// Address of the script of the coding workbench.
    pub coding: String,
    /// Address of the icon.
    pub icon: String,
}

impl Site {
    /// Takes what pages need from the settings and the embedded files.
    pub fn new(service: &str, settings: &Settings, assets: &Assets) -> Site {
        Site {
            service: service.to_owned(),
            office: settings.office.clone(),
            host: settings.host().to_owned(),
            address: settings.public_url.clone(),
            styles: assets.styles.path.clone(),
            panel_styles: assets.panel_styles.path.clone(),
            script: assets.script.path.clone(),
            coding: assets.coding.path.clone(),
            icon: assets.icon.path.clone(),
        }
    }
}

/// A link with its text.
#[derive(Debug, Clone)]
pub struct Link {
    /// Address, from the root.
    pub href: String,
    /// What the link says.
    pub text: String,
    /// Whether it leads to the page being shown.
    pub current: bool,
}

/// The header of the panel: who is logged in and where one can go.
#[derive(Debug, Clone)]
pub struct PanelBar {
    /// Login of the person.
    pub login: String,
    /// Places of the panel.
    pub links: Vec<Link>,
    /// Token for the button that logs out.
    pub csrf: String,
}

/// The surroundings of one page.
#[derive(Debug, Clone)]
pub struct Layout {
    /// What is the same everywhere.
    pub site: Arc<Site>,
    /// Title of this page, without the name of the service.
    pub title: String,
    /// Name of the responding office when the page belongs to its session.
    pub unit: Option<String>,
    /// Whether what is shown comes from synthetic answers.
    pub synthetic: bool,
    /// Whether the page reports mistakes; the title then begins with „Błąd: ”.
    pub errors: bool,
    /// Whether the page loads the script.
    pub scripted: bool,
    /// The panel's header instead of the respondent's.
    pub panel: Option<PanelBar>,
}

impl Layout {
    /// A page outside any session.
    pub fn new(site: &Arc<Site>, title: impl Into<String>) -> Layout {
        Layout {
            site: Arc::clone(site),
            title: title.into(),
            unit: None,
            synthetic: false,
            errors: false,
            scripted: false,
            panel: None,
        }
    }

    /// A page of the session of one office.
    pub fn of_unit(mut self, unit: impl Into<String>) -> Layout {
        self.unit = Some(unit.into());
        self
    }

    /// A page of the panel.
    pub fn of_panel(mut self, bar: PanelBar) -> Layout {
        self.panel = Some(bar);
        self
    }

    /// Says whether what is shown comes from synthetic answers.
    pub fn synthetic(mut self, synthetic: bool) -> Layout {
        self.synthetic = synthetic;
        self
    }

    /// Says whether the page reports mistakes.
    pub fn with_errors(mut self, errors: bool) -> Layout {
        self.errors = errors;
        self
    }

    /// Lets the page load the script.
    pub fn scripted(mut self) -> Layout {
        self.scripted = true;
        self
    }

    /// The sentence about synthetic answers, for the template.
    pub fn synthetic_notice(&self) -> Option<&'static str> {
        self.synthetic.then_some(SYNTHETIC_NOTICE)
    }
}
