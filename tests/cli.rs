//! The command line as scripts meet it: the real program, run as a process of its own against the demo
//! portal and against servers that say exactly what a test tells them to.

mod cli {
    pub mod servers;
    pub mod support;

    mod code;
    #[cfg(unix)]
    mod code_runs;
    mod demo;
    mod ends;
    mod explain;
    mod get;
    mod history;
    mod hostile;
    mod json;
    mod languages;
    mod pasted;
    mod profile_prompt;
    mod profile_tokens;
    mod profiles;
    mod refused;
    mod scenarios;
    mod secrets;
    mod signals;
    mod store;
    mod words;
}
