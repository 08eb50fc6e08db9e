use super::address::RestRoot;
use super::credential::{Credential, Secret};
use super::entity::EntityPair;
use super::reply::ChatId;
pub enum Pasted {
    Pair { pair: EntityPair, how: String, host: Option<String>, warnings: Vec<String> },
    Chat { id: ChatId, host: Option<String> },
    Credential { root: RestRoot, credential: Option<Credential>, pair: Option<EntityPair>, notes: Vec<String> },
    Plain,
    Refused(String),
}
pub fn understand(_text: &str) -> Pasted {
    Pasted::Plain
}
pub fn webhook(text: &str) -> Result<(RestRoot, Credential, Vec<String>), String> {
    let url = url::Url::parse(text).map_err(|e| e.to_string())?;
    let seg: Vec<String> = url.path_segments().unwrap().map(str::to_owned).collect();
    let mut root = url.clone();
    root.set_path("/rest/");
    Ok((
        RestRoot::from_url(root).map_err(|e| e.to_string())?,
        Credential::Webhook { user: seg[1].clone(), secret: Secret::new(seg[2].clone()) },
        vec![],
    ))
}
pub fn portal_root(text: &str) -> Result<(RestRoot, Vec<String>), String> {
    Ok((RestRoot::from_url(url::Url::parse(text).map_err(|e| e.to_string())?).map_err(|e| e.to_string())?, vec![]))
}
