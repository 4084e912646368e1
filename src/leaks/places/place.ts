/** Where no variable can be read, and why. */
export const refusals = {
  comment: 'The key stands in a comment. Delete it there.',
  unparsable: 'The code around the key cannot be understood. Replace it by hand.',
  tooLarge: 'The file is too large to be changed safely. Replace the key by hand.',
  part: 'The key is a part of a longer text here. Replace it by hand.',
  place: 'Code cannot stand here in the place of a text. Replace the key by hand.',
  statement: 'The text does nothing here, such as a docstring or a directive. Delete the key from it.',
  objectKey: 'The key is the name of a property here, which no variable can be. Replace it by hand.',
  importSource: 'The key names what is imported, which no variable can. Replace it by hand.',
  type: 'The key is a type here, and exists only for the compiler. Replace it by hand.',
  enumMember: 'The values of an enumeration are fixed when it is compiled. Let the program read the variable instead.',
  memberName: 'The key is the name of a member here, which no variable can be. Replace it by hand.',
  ambient: 'This only declares what is defined elsewhere. Replace the key there.',
  annotation: 'What an annotation or attribute is given is fixed when it is compiled. Replace the key by hand.',
  pattern: 'What is compared here must be written out. Replace the key by hand.',
  constant: 'A constant is fixed when it is compiled, and cannot read a variable. Replace the key by hand.',
  fixedDefault: 'This default is fixed when the program is compiled. Let the program read the variable instead.',
  staticValue: 'This value is fixed when the program is compiled. Let the program read the variable instead.',
  quotedHeredoc: 'Nothing is expanded in this text. Replace the key by hand.',
  heredoc: 'No variable of the environment can be read in this text. Replace the key by hand.',
  symbol: 'The key is a symbol here, which no variable can be. Replace it by hand.',
  words: 'The key is one of a list of words, which no variable can be. Replace it by hand.',
  structTag: 'A tag is fixed when the program is compiled. Replace the key by hand.',
  markup: 'The key stands in the page around the code. Replace it by hand.',
  data: 'The key stands behind the end of the program. Delete it there.',
  bytes: 'The key is a part of bytes here. Replace it by hand.',
  macro: 'A macro takes this text when the program is compiled. Replace the key by hand.',
  variableDefault: 'A default of a variable cannot be read from another one. Delete it, and set the variable instead.',
  fixedBlock: 'Terraform reads no variable here. Replace the key by hand.',
  lifetime: 'The text must last as long as the program here, and what is read from the environment does not.',
  otherType: 'The text may be of a type of its own here. Replace the key by hand.',
  shadowed: 'The name that reads the environment means something else in this file. Replace the key by hand.',
  breaks: 'Reading a variable here would break the file. Replace the key by hand.',
} as const;
export type PlaceRefusal = keyof typeof refusals;

/** A literal that is one token of the code. */
export interface LiteralPlace {
  readonly kind: 'literal';
  readonly start: number;
  readonly end: number;
  /** With what stands in front of the quote, such as Python's `b`. */
  readonly open: string;
  readonly close: string;
  /** It is several literals that are put together: `open` is of the first, `close` of the last. */
  readonly joined: boolean;
}

/** Where a leak stands, as far as a variable can be read there. */
export type Place =
  | LiteralPlace
  /** In a text that expands what stands in it: a template, a heredoc, a word of a shell. */
  | { readonly kind: 'expanded' }
  | { readonly kind: 'jsxText' };
