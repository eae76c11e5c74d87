/** What draws the pages that pdfmake laid out, which its types leave out. */
declare module 'pdfmake/js/Renderer.js' {
  namespace made {
    interface Line {
      readonly inlines: readonly import('../../shared/postmortems/index.ts').Word[];
      clone(): Line;
    }
    interface Renderer {
      renderLine(this: Renderer, line: Line, x: number, y: number): void;
    }
  }
  interface RendererClass {
    readonly prototype: made.Renderer;
  }
  /** Some loaders give what the module calls its default, others all of the module. */
  const made: RendererClass | { readonly default: RendererClass };
  export = made;
}
