/// The JSON Schema (draft 2020-12) of `personas.json`.
public enum PersonaSchema {
  /// Rises with every change that a reader of the file could stumble over.
  public static let version = 1
  /// What `$schema` says in the file.
  public static let id = "urn:segue:schema:personas:1"
  public static let bytes: [UInt8] = PackageResources.personas_schema_json
}
