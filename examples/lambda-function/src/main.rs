//! Greets whom the event names. Lambda starts it as `bootstrap`; it asks the runtime API for events until it is ended.

use lambda_runtime::{run, service_fn, Error, LambdaEvent};
use serde_json::{json, Value};

async fn greet(event: LambdaEvent<Value>) -> Result<Value, Error> {
    let name = event.payload["name"].as_str().ok_or("the event has no name")?;
    Ok(json!({
        "message": format!("Hello, {name}!"),
        "request": event.context.request_id,
        "architecture": std::env::consts::ARCH,
    }))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    if std::env::args().nth(1).as_deref() == Some("--version") {
        println!("lambda-function {}", env!("CARGO_PKG_VERSION"));
        return Ok(());
    }
    run(service_fn(greet)).await
}
