//! A loop hot enough to be compiled, and an error that unwinds.
use mlua::Lua;

fn main() -> mlua::Result<()> {
    let lua = Lua::new();
    let sum: f64 = lua
        .load("local s = 0; for i = 1, 1e7 do s = s + i % 7 end; return s")
        .eval()?;
    assert_eq!(sum, 29_999_997.0);
    let machine: String = lua.load("return jit.arch").eval()?;
    assert_eq!(machine, "x64");
    assert!(lua.load("error('no')").exec().is_err());
    Ok(())
}
