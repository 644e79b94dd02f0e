//! The JSON Schema for editors: generated from the loader's types and kept in `schema.json`. A test
//! fails when the two differ.

/// The JSON Schema of a phrasebook.
pub const SCHEMA: &str = include_str!("schema.json");

#[cfg(test)]
mod tests {
    use crate::raw::RawBook;
    use serde_json::{Map, Value, json};

    /// Generates the schema from the types.
    fn generate() -> String {
        let mut schema = serde_json::to_value(schemars::schema_for!(RawBook)).unwrap();
        let root = schema.as_object_mut().unwrap();
        root.insert("title".into(), json!("A phrasebook of amends"));
        root["properties"].as_object_mut().unwrap().insert(
            "extends".into(),
            json!({"type": "string", "description": "The phrasebook this one is laid over: `default`, or a path."}),
        );
        strict(root);
        if let Some(parts) = root.get_mut("$defs").and_then(Value::as_object_mut) {
            parts.values_mut().filter_map(Value::as_object_mut).for_each(strict);
        }
        serde_json::to_string_pretty(&schema).unwrap() + "\n"
    }

    /// Disallows unknown keys, and adds `name+` and `name-` for each list and table.
    fn strict(table: &mut Map<String, Value>) {
        let Some(known) = table.get_mut("properties").and_then(Value::as_object_mut) else { return };
        let listed = |v: &Value| v["type"] == "array" || v["type"] == "object" || v["$ref"].is_string();
        let names: Vec<(String, Value)> = known.clone().into_iter().filter(|(_, v)| listed(v)).collect();
        for (name, value) in names {
            let about = |what: &str| format!("{what} what the phrasebook below has under `{name}`.");
            let mut more = value.clone();
            more["description"] = json!(about("Added to"));
            known.insert(format!("{name}+"), more);
            known.insert(
                format!("{name}-"),
                json!({"type": "array", "items": {"type": "string"}, "description": about("Removed from")}),
            );
        }
        table.insert("additionalProperties".into(), json!(false));
    }

    #[test]
    fn the_schema_kept_is_that_of_the_types() {
        let generated = generate();
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write("src/schema.json", &generated).unwrap();
        }
        let kept = std::fs::read_to_string("src/schema.json").unwrap_or_default();
        assert!(kept == generated, "run the tests with UPDATE_SCHEMA=1, and commit the file");
    }

    /// Editors show the description of a key where it is written.
    #[test]
    fn every_key_is_described() {
        let schema: Value = serde_json::from_str(&generate()).unwrap();
        let tables = schema["$defs"].as_object().unwrap().iter();
        let mut keys = 0;
        for (table, schema) in tables.chain([(&"the phrasebook".to_owned(), &schema)]) {
            let described = |value: &Value| value["description"].as_str().is_some_and(|text| text.len() > 4);
            assert!(schema["title"].is_string() || described(schema), "{table} has no description");
            for (key, value) in schema["properties"].as_object().unwrap() {
                assert!(described(value), "`{key}` of {table} has no description");
                keys += 1;
            }
        }
        assert!(keys > 200, "{keys}");
    }
}
