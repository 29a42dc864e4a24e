//! The chapter as a frozen state keeps it: the document and the definitions of its page, as they were that day.

use serde::{Deserialize, Serialize};
use sheet::document::Document;
use sheet::html::Definition;
use store::{Edition, FrozenChapter, Tx};

use super::{Material, assemble, definitions};
use crate::service::figures::hash_of;
use crate::service::programmes::Known;
use crate::service::states::State;
use crate::service::{EditionName, Refused, Service};

/// A chapter with what the numbers of its page lead to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::service) struct Kept {
    pub(super) document: Document,
    pub(super) definitions: Vec<Definition>,
}

impl Kept {
    pub(super) fn of(material: &Material) -> Self {
        Self { document: assemble(material), definitions: definitions::all(material) }
    }

    fn read(row: &FrozenChapter) -> Result<Self, Refused> {
        let unreadable = |cause: String| Refused::Unreadable { what: "frozen chapter", cause };
        if hash_of(row.content.as_bytes()) != row.hash {
            return Err(unreadable("it is not the chapter that its hash names".into()));
        }
        serde_json::from_str(&row.content).map_err(|error| unreadable(error.to_string()))
    }
}

impl Service {
    /// The chapter of this moment for a state that is being frozen.
    pub(in crate::service) fn chapter_to_keep(
        &self,
        tx: &mut Tx<'_>,
        name: &EditionName,
        programme: &Known,
        edition: &Edition,
        state: &State,
    ) -> Result<FrozenChapter, Refused> {
        let mut material = self.read_material(tx, name, programme, edition, Some(state))?;
        material.is_whole = true;
        let content =
            serde_json::to_string(&Kept::of(&material)).expect("a document of texts and whole numbers");
        Ok(FrozenChapter { state_id: state.row.id, hash: hash_of(content.as_bytes()), content })
    }

    /// What a chapter is made of, and the chapter: that of a frozen state as it was kept, where it was.
    pub(super) fn read_chapter(
        &self,
        tx: &mut Tx<'_>,
        name: &EditionName,
        programme: &Known,
        edition: &Edition,
        state: Option<&State>,
    ) -> Result<(Material, Kept), Refused> {
        let row = match state {
            Some(state) => tx.frozen_chapter_find(programme.scope(), state.row.id)?,
            None => None,
        };
        let mut material = self.read_material(tx, name, programme, edition, state)?;
        material.is_whole = state.is_none() || row.is_some();
        let kept = row.as_ref().map(Kept::read).transpose()?;
        let kept = kept.unwrap_or_else(|| Kept::of(&material));
        Ok((material, kept))
    }
}
