/** The Unicode Bidirectional Algorithm, as far as it is used here; the package brings no types. */
declare module 'bidi-js' {
  interface Embedding {
    /** The level of each UTF-16 unit; what is odd is read from right to left. */
    readonly levels: Uint8Array;
    readonly paragraphs: readonly { readonly level: number }[];
  }
  interface Bidi {
    getEmbeddingLevels(text: string, direction?: 'ltr' | 'rtl'): Embedding;
    /** The letter that an odd level shows in place of this one, such as the other bracket. */
    getMirroredCharacter(letter: string): string | null;
    /** A text of one line, in the order that the eye sees. */
    getReorderedString(text: string, embedding: Embedding): string;
  }
  function bidiFactory(): Bidi;
  export = bidiFactory;
}
