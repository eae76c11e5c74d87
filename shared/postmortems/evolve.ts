import { impossible } from '../kernel/index.ts';
import type { LoggedPostmortemFact } from './facts.ts';
import type { Postmortem } from './postmortem.ts';

/** What a fact makes of a post-mortem. A generation never touches what a person wrote. */
export function evolvePostmortem(before: Postmortem | undefined, fact: LoggedPostmortemFact): Postmortem {
  const { org, postmortem: id, seq: version, recordedAt, actor } = fact;
  if (fact.type === 'postmortem.generated') {
    const { createdAt = recordedAt, createdBy = actor, status = 'draft', written = {} } = before ?? {};
    const times = { createdAt, createdBy, updatedAt: recordedAt, generatedAt: recordedAt };
    return { org, id, version, status, written, ...times, ...fact.data };
  }
  if (before === undefined) throw new Error(`The log of a post-mortem begins with ${fact.type}`);
  const moved = { ...before, version, updatedAt: recordedAt };
  switch (fact.type) {
    case 'postmortem.written':
      return { ...moved, written: writtenAfter(before, fact) };
    case 'postmortem.drafted':
      return { ...moved, draft: fact.data.draft };
    case 'postmortem.moved':
      return { ...moved, status: fact.data.to };
    default:
      return impossible(fact);
  }
}

function writtenAfter(
  { written }: Postmortem,
  {
    data: { section, text, title },
    actor: by,
    recordedAt: at,
  }: Extract<LoggedPostmortemFact, { type: 'postmortem.written' }>,
): Postmortem['written'] {
  const { [section]: _, ...others } = written;
  return text === null
    ? others
    : { ...others, [section]: { text, by, at, ...(title !== undefined && { title }) } };
}

/** A post-mortem by its log; undefined of an empty one. */
export const postmortemOf = (facts: readonly LoggedPostmortemFact[]): Postmortem | undefined =>
  facts.reduce<Postmortem | undefined>(evolvePostmortem, undefined);
