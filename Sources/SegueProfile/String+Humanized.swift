extension String {
  /// `product_viewed` and `productViewed` as a reader would write them: `Product viewed`.
  package var humanized: String {
    var text = ""
    var previousIsLower = false
    // Headers written for people keep their hyphens: `Spending Score (1-100)`.
    let isWritten = contains(" ")
    for character in self {
      if !isWritten, "_-.:".contains(character) {
        if text.last != " " { text.append(" ") }
        previousIsLower = false
      } else if character.isUppercase, previousIsLower {
        text += " " + character.lowercased()
        previousIsLower = false
      } else {
        text.append(character)
        previousIsLower = character.isLowercase
      }
    }
    while text.last == " " { text.removeLast() }
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}
