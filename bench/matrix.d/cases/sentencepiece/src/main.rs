use sentencepiece::SentencePieceProcessor;

/// A piece of a model as its protocol buffer has it: text, score, kind.
fn piece(text: &str, score: f32, kind: u8) -> Vec<u8> {
    let mut piece = vec![0x0a, text.len() as u8];
    piece.extend(text.as_bytes());
    piece.push(0x15);
    piece.extend(score.to_le_bytes());
    piece.extend([0x18, kind]);
    let mut field = vec![0x0a, piece.len() as u8];
    field.extend(piece);
    field
}

fn main() {
    let model = [piece("<unk>", 0.0, 2), piece("\u{2581}static", -1.0, 1), piece("ally", -2.0, 1), piece("a", -9.0, 1)].concat();
    let processor = SentencePieceProcessor::from_serialized_proto(&model).unwrap();
    let pieces = processor.encode("statically").unwrap();
    let texts: Vec<_> = pieces.iter().map(|piece| (piece.piece.as_str(), piece.id)).collect();
    assert_eq!(texts, [("\u{2581}static", 1), ("ally", 2)]);
    assert_eq!(processor.decode_piece_ids(&[1, 2]).unwrap(), "statically");
    assert!(SentencePieceProcessor::from_serialized_proto(b"no model").is_err());
}
