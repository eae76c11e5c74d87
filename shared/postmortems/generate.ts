import { type LoggedFact, sentenceOf, viewFact } from '../incidents/index.ts';
import { Refusal } from '../kernel/index.ts';
import type { TimelineSources } from '../timeline/index.ts';
import { analyse, type CauseSources } from './causes/index.ts';
import type { Content } from './facts.ts';
import { fillers, quoted, type Told } from './fillings.ts';
import { citesIn, type Section } from './postmortem.ts';
import { faultsIn, type Source } from './sentences.ts';
import { sectionsOf, type Template } from './template.ts';

/** What a post-mortem is generated from. */
export type PostmortemSources = CauseSources & Pick<TimelineSources, 'nameOf'>;

/** How many events of the timeline a document has: as many as its size allows. */
const shorter = [250, 120, 60, 30, 10] as const;

/** What one item of the table has room for, with something to spare, in bytes. */
const MOST_BYTES = 300_000;

/**
 * Fills a template from what is on record. Every sentence names what shows it; one that does not is a fault of this program, and
 * nothing is generated. `too_large` when the template asks for more than can be kept, however few events are told.
 */
export function generate(sources: PostmortemSources, template: Template): Content {
  const analysis = analyse(sources);
  for (const mostEvents of shorter) {
    const content = filled({ ...sources, analysis, mostEvents }, template);
    if (new TextEncoder().encode(JSON.stringify(content)).length <= MOST_BYTES) return content;
  }
  throw new Refusal(
    'too_large',
    `The template '${template.id}' makes more of this incident than can be kept; let it ask for each part once.`,
    'body.template',
  );
}

function filled(told: Told & PostmortemSources, template: Template): Content {
  const sections = sectionsOf(template.markdown).map(
    ({ name, title, pieces }): Section => ({
      ...{ name, title },
      pieces: pieces.map((piece) =>
        piece.kind === 'words'
          ? piece
          : { kind: 'filled', filling: piece.filling, sentences: fillers[piece.filling](told) },
      ),
    }),
  );
  const known = knownSources(told);
  check(sections, new Set(known.keys()));
  const { name, title } = told.timeline;
  const cited = citesIn(sections);
  return {
    ...{ name, title, sections, analysis: told.analysis },
    template: { id: template.id, version: template.version },
    upTo: told.facts.at(-1)?.seq ?? 0,
    sources: cited.flatMap((id) => known.get(id) ?? []).toSorted((a, b) => a.at - b.at),
  };
}

function check(sections: readonly Section[], known: ReadonlySet<string>): void {
  const faults = sections.flatMap(({ pieces }) =>
    pieces.flatMap((piece) => (piece.kind === 'filled' ? faultsIn(piece.sentences, known) : [])),
  );
  if (faults.length > 0) throw new Error(`Sentences that nothing shows: ${faults.join(' ')}`);
}

/** All that a sentence may name: facts, changes, pages, and other incidents. */
function knownSources({
  timeline,
  facts,
  others,
  past,
  nameOf,
}: PostmortemSources): ReadonlyMap<string, Source> {
  const sources: Source[] = [
    ...facts.flatMap((fact) => sourceOfFact(fact, nameOf) ?? []),
    ...timeline.events.flatMap(({ id, seq, at, text }) => (seq === undefined ? [{ id, at, text }] : [])),
    ...[...others, ...past].map(({ id, name, title, openedAt: at }) => ({
      id,
      at,
      text: `${name}: ${title}`,
    })),
  ];
  return new Map(sources.map((source) => [source.id, source]));
}

function sourceOfFact(fact: LoggedFact, nameOf: TimelineSources['nameOf']): Source | undefined {
  const said = sentenceOf(viewFact(fact), nameOf);
  if (!said) return undefined;
  const { id, seq, occurredAt: at } = fact;
  return { id, seq, at, text: quoted(said) };
}
