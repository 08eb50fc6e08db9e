//! Reading a certificate: who it is for, who signed it, how long it holds. Nothing is verified here.

use jiff::Timestamp;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate, X509Name};

use crate::domain::diagnosis::Certificate;

/// Names beyond these are not kept: the certificates of content networks have hundreds.
const NAMES: usize = 20;

/// What a certificate says of itself; `None` when it cannot be read.
pub fn read(der: &[u8]) -> Option<Certificate> {
    let (_, parsed) = X509Certificate::from_der(der).ok()?;
    let subject = name(parsed.subject());
    let mut names: Vec<String> = match parsed.subject_alternative_name() {
        Ok(Some(extension)) => extension.value.general_names.iter().filter_map(alternative).take(NAMES).collect(),
        _ => Vec::new(),
    };
    if names.is_empty() {
        names.extend((!subject.is_empty()).then(|| subject.clone()));
    }
    Some(Certificate {
        names,
        issuer: name(parsed.issuer()),
        is_self_signed: parsed.subject() == parsed.issuer(),
        from: Timestamp::from_second(parsed.validity().not_before.timestamp()).ok()?,
        until: Timestamp::from_second(parsed.validity().not_after.timestamp()).ok()?,
    })
}

/// Whether it is in its time, in Unix seconds.
pub fn holds_at(der: &[u8], now: u64) -> bool {
    read(der).is_some_and(|certificate| {
        let now = i64::try_from(now).unwrap_or(i64::MAX);
        (certificate.from.as_second()..=certificate.until.as_second()).contains(&now)
    })
}

/// The name a person knows it by: the common name, else the organization, else all of it.
fn name(name: &X509Name<'_>) -> String {
    let of = |mut values: Box<dyn Iterator<Item = &str> + '_>| values.find(|text| !text.is_empty()).map(str::to_owned);
    let common = of(Box::new(name.iter_common_name().filter_map(|value| value.as_str().ok())));
    let organization = of(Box::new(name.iter_organization().filter_map(|value| value.as_str().ok())));
    match (organization, common) {
        (Some(organization), Some(common)) if common != organization => format!("{organization}, {common}"),
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => name.to_string(),
    }
}

fn alternative(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match **bytes {
            [a, b, c, d] => Some(std::net::Ipv4Addr::new(a, b, c, d).to_string()),
            _ => <[u8; 16]>::try_from(*bytes).ok().map(|bytes| std::net::Ipv6Addr::from(bytes).to_string()),
        },
        _ => None,
    }
}
