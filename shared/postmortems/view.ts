import type * as z from 'zod';
import { toText } from '../kernel/index.ts';
import type { postmortemView } from './api.ts';
import { type ActionItem, sectionTexts } from './document.ts';
import type { Postmortem } from './postmortem.ts';
import type { Sentence } from './sentences.ts';

export type PostmortemView = z.input<typeof postmortemView>;

const viewSentence = ({ text, cites }: Sentence) => ({ text, cites: [...cites] });

/** A post-mortem as the API shows it; with the model that could draft, where one is set up. */
export function viewPostmortem(
  postmortem: Postmortem,
  actions: readonly ActionItem[],
  model?: string,
): PostmortemView {
  const { id, incident, name, title, version, status, template, upTo, analysis, draft } = postmortem;
  const { generatedAt, createdAt, updatedAt, sources } = postmortem;
  return {
    ...{ id, incident, name, title, version, status, template, upTo },
    ...{ generatedAt: toText(generatedAt), createdAt: toText(createdAt), updatedAt: toText(updatedAt) },
    sections: viewSections(postmortem, sectionTexts(postmortem, actions)),
    sources: sources.map(({ at, ...source }) => ({ ...source, at: toText(at) })),
    rootCause: {
      ...{ verdict: analysis.verdict, why: analysis.why },
      hypotheses: analysis.hypotheses.map(({ supports, contradicts, ...rest }) => ({
        ...rest,
        ...{ supports: supports.map(viewSentence), contradicts: contradicts.map(viewSentence) },
      })),
    },
    actions: actions.map((action) => ({ ...action })),
    ...(model !== undefined && { model }),
    ...(draft && {
      draft: {
        ...{ model: draft.model, order: [...draft.order], refused: draft.refused },
        ...{ summary: draft.summary.map(viewSentence), rootCause: draft.rootCause.map(viewSentence) },
      },
    }),
  };
}

/** Those of the template, then what people wrote in sections that it has no longer. */
function viewSections(
  { sections, written }: Postmortem,
  texts: ReadonlyMap<string, string>,
): PostmortemView['sections'] {
  const gone = Object.keys(written).filter((name) => sections.every((section) => section.name !== name));
  return [
    ...sections,
    ...gone.map((name) => ({ name, title: written[name]?.title ?? name, pieces: [] })),
  ].map(({ name, title, pieces }) => {
    const own = written[name];
    return {
      ...{ name, title, markdown: texts.get(name) ?? own?.text ?? '' },
      pieces: pieces.map((piece) =>
        piece.kind === 'words' ? piece : { ...piece, sentences: piece.sentences.map(viewSentence) },
      ),
      ...(own && {
        written: { text: own.text, by: 'name' in own.by ? own.by.name : own.by.id, at: toText(own.at) },
      }),
    };
  });
}
