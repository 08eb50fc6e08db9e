//! The HTML pages that stand where JSON should be (protocol.md, 8.2).

pub(super) const MAINTENANCE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
<title>Service is temporarily unavailable</title></head><body><div class=\"service\"><h1>We will be back soon</h1>\
<p>The portal is being updated. This takes a few minutes.</p></div></body></html>\n";

pub(super) const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

pub(super) const GATEWAY_TIMEOUT: &str = "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body>\r\n\
<center><h1>504 Gateway Time-out</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

pub(super) const NOT_FOUND: &str = "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n\
<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

pub(super) const FORBIDDEN: &str = "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n\
<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

pub(super) const BASIC_AUTH: &str = "<html>\r\n<head><title>401 Authorization Required</title></head>\r\n<body>\r\n\
<center><h1>401 Authorization Required</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

pub(super) const TOO_LARGE: &str = "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n\
<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

pub(super) const LOGIN: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
<title>Authorization</title></head><body><form name=\"form_auth\" method=\"post\" action=\"/auth/?login=yes\">\
<h1>Log in</h1><input type=\"text\" name=\"USER_LOGIN\"><input type=\"password\" name=\"USER_PASSWORD\">\
<button>Log in</button></form></body></html>\n";

pub(super) const CAPTIVE: &str = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Hotel Lindenhof WLAN</title>\
<meta http-equiv=\"refresh\" content=\"0; url=http://portal.lindenhof.example/welcome\"></head>\
<body><p>Accept the terms of use to go online.</p></body></html>\n";

pub(super) const FATAL: &str = "<br />\n<b>Fatal error</b>:  Allowed memory size of 268435456 bytes exhausted \
(tried to allocate 20480 bytes) in <b>/home/bitrix/www/bitrix/modules/main/lib/db/result.php</b> on line \
<b>171</b><br />\n";

pub(super) const CONTROL: &str = "<html><head><title>\u{1b}]0;owned\u{7}Oops\u{202e}</title></head>\
<body>\u{1b}[2J\u{1b}[31mred\u{9b}0m\u{200b}\u{8}\u{8}</body></html>\n";

pub(super) const MOVED: &str = "<html>\r\n<head><title>302 Found</title></head>\r\n<body>\r\n\
<center><h1>302 Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

/// What the portal's own address shows in a browser.
pub(super) const HOME: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
<title>Demo portal</title></head><body><h1>Demo portal</h1><p>This is the demo portal of b24chat. It answers REST \
under /rest/ and has no pages of its own; nothing here is real.</p></body></html>\n";
