import { type Extension, type Range, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view';
import * as Y from 'yjs';
import { fromBase64, toBase64 } from '../../../shared/war-room/document/base64.ts';
import { coloursOf } from './colours.ts';
import type { DocumentProvider, RemoteCursor } from './provider.ts';

/** The cursors of the others in the text, and that of this person told to them. */
export const cursorsOf = (provider: DocumentProvider): Extension => [
  shown,
  ViewPlugin.define((view) => {
    // A view takes no change while it makes one, and cursors are told in between.
    let isThere = true;
    const show = () =>
      queueMicrotask(() => {
        if (isThere) view.dispatch({ effects: moved.of(marksOf(provider)) });
      });
    const leave = provider.subscribe((changed) => changed === 'cursors' && show());
    if (provider.cursors.size > 0) show();
    const destroy = () => {
      isThere = false;
      leave();
    };
    return { update: (update) => tellOwn(provider, update), destroy };
  }),
];

const moved = StateEffect.define<DecorationSet>();

const shown = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const news = transaction.effects.find((effect) => effect.is(moved));
    return news?.is(moved) ? news.value : marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function tellOwn(provider: DocumentProvider, { view, selectionSet, focusChanged, state }: ViewUpdate): void {
  if (!(selectionSet || focusChanged) || state.readOnly) return;
  const { anchor, head } = state.selection.main;
  const placed = (at: number) =>
    toBase64(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(provider.text, at)));
  // The text has this change only after all plugins have seen it.
  queueMicrotask(() => provider.move(view.hasFocus ? { anchor: placed(anchor), head: placed(head) } : null));
}

function marksOf(provider: DocumentProvider): DecorationSet {
  const numbers = coloursOf(provider.cursors.values());
  const marks = [...provider.cursors.values()].flatMap((cursor) =>
    marksOfOne(provider, cursor, numbers.get(cursor.person.id) ?? 0),
  );
  return Decoration.set(marks, true);
}

function marksOfOne(provider: DocumentProvider, cursor: RemoteCursor, colour: number): Range<Decoration>[] {
  const [anchor, head] = [placeOf(provider, cursor.anchor), placeOf(provider, cursor.head)];
  if (anchor === undefined || head === undefined) return [];
  const widget = new Caret(cursor.person.name, colour, cursor.until);
  const caret = Decoration.widget({ widget, side: 1 }).range(head);
  if (anchor === head) return [caret];
  const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
  return [Decoration.mark({ class: `cm-chosen cm-person-${colour}` }).range(from, to), caret];
}

/** Where a place of somebody else is in this copy; undefined when it cannot be told, or yet. */
function placeOf({ document, text }: DocumentProvider, place: string): number | undefined {
  try {
    const relative = Y.decodeRelativePosition(fromBase64(place));
    const absolute = Y.createAbsolutePositionFromRelativePosition(relative, document);
    return absolute?.type === text ? Math.min(absolute.index, text.length) : undefined;
  } catch {
    // Whatever somebody else's program says that is no place, their cursor is not shown.
    return undefined;
  }
}

/** A line where somebody stands, with their name for a moment after each move. */
class Caret extends WidgetType {
  readonly #name: string;
  readonly #colour: number;
  readonly #moved: number;

  constructor(name: string, colour: number, movedUntil: number) {
    super();
    this.#name = name;
    this.#colour = colour;
    this.#moved = movedUntil;
  }

  override eq(other: Caret): boolean {
    return other.#name === this.#name && other.#colour === this.#colour && other.#moved === this.#moved;
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement('span');
    caret.className = `cm-caret cm-person-${this.#colour}`;
    caret.setAttribute('aria-hidden', 'true');
    const label = document.createElement('span');
    label.className = 'cm-name';
    label.textContent = this.#name;
    caret.append('\u2060', label, '\u2060');
    return caret;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}
