//! When two links are the same page. Addresses are taken apart as browsers do it (WHATWG URL); the rest are rules that
//! can be named, each because sharing a page changes its link in that way. What is not named stays, because many
//! newspapers know a page by its parameters.

use crate::domain::refusal::Refusal;
use url::Url;

/// Parameters that say where a reader came from, never which page: they fall away. One that ends in `*` is a beginning.
const TRACKING: [&str; 20] = [
    "utm_*",
    "fbclid",
    "gclid",
    "gbraid",
    "wbraid",
    "dclid",
    "msclkid",
    "yclid",
    "zarsrc",
    "mc_cid",
    "mc_eid",
    "igshid",
    "igsh",
    "mibextid",
    "rdid",
    "share_url",
    "_ga",
    "_gl",
    "ref_src",
    "vn_source",
];
/// Names of a host that lead to the same page on a phone, or with and without `www`.
const SAME_HOST: [&str; 3] = ["www.", "m.", "amp."];

/// The form by which a link is known.
///
/// * the scheme does not count: `http` and `https` are one page;
/// * host without `www.`, `m.`, `amp.`, in lower case, without the usual port;
/// * no fragment, unless the page hides behind it (`#!`);
/// * no parameters of tracking; the others in the order of their names;
/// * no slash at the end.
///
/// # Errors
/// When it is no address of a page: another scheme, no host, or a name and password in it.
pub fn canonical(link: &str) -> Result<String, Refusal> {
    let url = Url::parse(link.trim()).map_err(|_| Refusal::BadLink)?;
    let host = url.host_str().ok_or(Refusal::BadLink)?.trim_end_matches('.');
    let web = matches!(url.scheme(), "http" | "https");
    if !web || !host.contains('.') || !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::BadLink);
    }
    let mut host = host;
    for prefix in SAME_HOST {
        // A host is never shortened to a bare ending: `m.vn` is a site of its own.
        host = host.strip_prefix(prefix).filter(|rest| rest.contains('.')).unwrap_or(host);
    }
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    let path = url.path().trim_end_matches('/');
    let mut pairs: Vec<_> = url.query_pairs().filter(|(name, _)| !is_tracking(name)).collect();
    pairs.sort();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let query = query.extend_pairs(pairs).finish();
    let query = if query.is_empty() { query } else { format!("?{query}") };
    let fragment = url.fragment().filter(|fragment| fragment.starts_with('!'));
    let fragment = fragment.map_or_else(String::new, |fragment| format!("#{fragment}"));
    Ok(format!("{host}{port}{path}{query}{fragment}"))
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == *known,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_was_shared_is_the_same_page() {
        let page = "https://baothu.example/tin/vo-dap-123.html";
        for shared in [
            "http://baothu.example/tin/vo-dap-123.html",
            "https://www.baothu.example/tin/vo-dap-123.html",
            "https://m.baothu.example/tin/vo-dap-123.html/",
            "https://BaoThu.example:443/tin/vo-dap-123.html",
            "https://baothu.example/tin/../tin/vo-dap-123.html#binh-luan",
            "https://baothu.example/tin/vo-dap-123.html?utm_source=zalo&UTM_medium=chat&fbclid=IwAR0x",
            "  https://baothu.example/tin/vo-dap-123.html?zarsrc=31  ",
        ] {
            assert_eq!(canonical(shared), canonical(page), "{shared}");
        }
        let ordered = canonical("https://tv.example/xem?a=1&b=2&fbclid=x");
        assert_eq!(ordered, canonical("https://tv.example/xem?b=2&a=1"));
        assert_eq!(
            canonical("https://báo.example/Đập"),
            canonical("https://xn--bo-mia.example/%C4%90%E1%BA%ADp")
        );
    }

    #[test]
    fn another_page_is_another_page() {
        let page = canonical("https://baothu.example/xem?id=1");
        for other in [
            "https://baothu.example/xem?id=2",
            "https://baothu.example/Xem?id=1",
            "https://baothu.example/xem",
            "https://baothu.example:8443/xem?id=1",
            "https://thethao.baothu.example/xem?id=1",
            "https://baothu.example/xem?id=1#!/trang-2",
        ] {
            assert_ne!(canonical(other), page, "{other}");
        }
        assert_ne!(canonical("https://m.vn/a"), canonical("https://vn/a"));
    }

    #[test]
    fn what_is_no_page_is_refused() {
        for bad in [
            "",
            "baothu.example/tin",
            "javascript:alert(1)",
            "ftp://a.example/x",
            "https://",
            "https://intranet/x",
            "https://ten:matkhau@a.example/x",
            "data:text/html,x",
            "https://a b.example/",
        ] {
            assert_eq!(canonical(bad), Err(Refusal::BadLink), "{bad}");
        }
    }
}
