//! Small pieces that several pages share.

/// One mistake, as the summary on top and the text beside the field both say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Id of the element that the link of the summary leads to.
    pub anchor: String,
    /// What is wrong and how to put it right; plain text.
    pub text: String,
}

/// The hidden fields of every form that saves answers.
#[derive(Debug, Clone, Default)]
pub struct Hidden {
    /// `_rev`: revision of the draft that the page was drawn from.
    pub rev: u64,
    /// `_page`: random name of this drawn page.
    pub page: String,
    /// `_inv`: signed name of the invitation.
    pub invitation: String,
    /// `_csrf`: token bound to the access.
    pub csrf: String,
}

/// A field sent along unseen: name and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Name of the field.
    pub name: String,
    /// Its value, as typed.
    pub value: String,
}

/// A term with its value, for short lists of facts.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What it is.
    pub term: String,
    /// The value.
    pub value: String,
}
