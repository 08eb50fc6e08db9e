//! Which hosts are cloud portals (protocol.md, 8.4). A custom domain cannot be told from a self-hosted
//! portal, so this only ever says "surely a cloud portal" or "surely none".

/// The zones of `{name}.bitrix24.{zone}`.
const ZONES: [&str; 23] = [
    "com", "ru", "de", "eu", "fr", "it", "es", "pl", "com.br", "in", "by", "kz", "ua", "cn", "jp", "vn", "id",
    "com.tr", "uk", "mx", "co", "uz", "ae",
];

/// Names under a zone that the vendor uses for other things.
const NOT_NAMES: [&str; 4] = ["www", "oauth", "cdn", "auth"];

/// Whether the host is surely a cloud portal: `acme.bitrix24.com`.
pub fn is_portal(host: &str) -> bool {
    match host.split_once(".bitrix24.") {
        Some((name, zone)) => !name.is_empty() && !is_taken(name) && ZONES.contains(&zone),
        None => false,
    }
}

/// Whether the host surely is the vendor's and no portal: a site, the network's login, an authorization
/// server.
pub fn is_other_service(host: &str) -> bool {
    let of_vendor = |end: &str| host == end || host.strip_suffix(end).is_some_and(|name| name.ends_with('.'));
    let zone_alone = host.strip_prefix("bitrix24.").is_some_and(|zone| ZONES.contains(&zone));
    let taken = host.split_once(".bitrix24.").is_some_and(|(name, zone)| is_taken(name) && ZONES.contains(&zone));
    let sites = ["bitrix24.net", "bitrix24.tech", "bitrix24.site", "bitrix24.shop", "bitrix.info"];
    zone_alone || taken || sites.into_iter().any(of_vendor)
}

fn is_taken(name: &str) -> bool {
    NOT_NAMES.contains(&name) || name.strip_prefix("cdn").is_some_and(|rest| rest.starts_with(['-', '.']))
}
