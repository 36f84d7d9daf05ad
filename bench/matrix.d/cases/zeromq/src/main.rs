//! Request and reply over TCP, between two threads.
fn main() {
    let context = zmq::Context::new();
    let reply = context.socket(zmq::REP).unwrap();
    reply.bind("tcp://127.0.0.1:*").unwrap();
    let address = reply.get_last_endpoint().unwrap().unwrap();
    let answering = std::thread::spawn(move || {
        let text = reply.recv_string(0).unwrap().unwrap();
        reply.send(&format!("{text} back"), 0).unwrap();
    });
    let request = context.socket(zmq::REQ).unwrap();
    request.connect(&address).unwrap();
    request.send("there and", 0).unwrap();
    assert_eq!(request.recv_string(0).unwrap().unwrap(), "there and back");
    answering.join().unwrap();
    assert!(context
        .socket(zmq::REQ)
        .unwrap()
        .connect("nothing://")
        .is_err());
}
