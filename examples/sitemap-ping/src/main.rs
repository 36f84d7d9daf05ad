//! Asks for each URL and prints the status code of the answer.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use reqwest::blocking::Client;
use reqwest::Certificate;

const USAGE: &str = "usage: sitemap-ping [--ca FILE] URL...
  --ca FILE  trust the authority in FILE (PEM), besides the public ones";

/// What the command line asks for.
struct Request {
    authorities: Vec<String>,
    urls: Vec<String>,
}

impl Request {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut authorities, mut urls) = (Vec::new(), Vec::new());
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--ca" => authorities.push(arguments.next().ok_or("--ca wants a file")?),
                option if option.starts_with('-') => {
                    return Err(format!("unknown option: {option}"))
                }
                _ => urls.push(argument),
            }
        }
        if urls.is_empty() {
            return Err("no URL given".to_owned());
        }
        Ok(Self { authorities, urls })
    }
}

fn client(authorities: &[String]) -> Result<Client, String> {
    let mut builder = Client::builder().timeout(Duration::from_secs(30));
    for file in authorities {
        let pem = std::fs::read(file).map_err(|e| format!("cannot read {file}: {e}"))?;
        // reqwest takes a file without any certificate for an empty list of authorities.
        if !String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----") {
            return Err(format!("{file} holds no certificate in PEM"));
        }
        let authority = Certificate::from_pem(&pem)
            .map_err(|e| format!("{file} is not a certificate in PEM: {e}"))?;
        builder = builder.add_root_certificate(authority);
    }
    builder.build().map_err(|e| explain(&e))
}

/// The error with all its causes, outermost first, and in plain words where people meet it often.
fn explain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let words = inner.to_string();
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        cause = inner.source();
    }
    if text.contains("UnknownIssuer") {
        text.push_str("\nthe server's certificate comes from an authority this program does not know; name it with --ca FILE");
    }
    text
}

fn main() -> ExitCode {
    if std::env::args().any(|a| a == "--help" || a == "-h") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let request = match Request::parse(std::env::args().skip(1)) {
        Ok(request) => request,
        Err(problem) => {
            eprintln!("sitemap-ping: {problem}\n{USAGE}");
            return ExitCode::from(64);
        }
    };
    let client = match client(&request.authorities) {
        Ok(client) => client,
        Err(problem) => {
            eprintln!("sitemap-ping: {problem}");
            return ExitCode::from(65);
        }
    };
    let mut code = ExitCode::SUCCESS;
    for url in &request.urls {
        match client.get(url).send() {
            Ok(answer) => println!("{}", answer.status().as_u16()),
            Err(error) => {
                eprintln!("sitemap-ping: {url}: {}", explain(&error));
                code = ExitCode::from(69);
            }
        }
    }
    code
}
