//! A producer that finds no broker, and says so.
use rdkafka::config::ClientConfig;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::time::Duration;

fn main() {
    let (number, text) = rdkafka::util::get_rdkafka_version();
    assert!(number >> 24 >= 1 && text.contains('.'));
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", "127.0.0.1:9")
        .set("message.timeout.ms", "300")
        .create()
        .unwrap();
    producer
        .send(
            BaseRecord::<str, str>::to("topic")
                .payload("message")
                .key("key"),
        )
        .unwrap();
    // Besides the message it counts what is to be told of brokers that do not answer.
    assert!(producer.in_flight_count() >= 1);
    for _ in 0..50 {
        producer.poll(Duration::from_millis(100));
        if producer.in_flight_count() == 0 {
            break;
        }
    }
    assert_eq!(producer.in_flight_count(), 0);
    assert!(ClientConfig::new()
        .set("no.such.setting", "1")
        .create::<BaseProducer>()
        .is_err());
}
