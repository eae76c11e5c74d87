import { type Instant, impossible, jsonDigest, Refusal } from '../kernel/index.ts';
import type { Content, PostmortemFact } from './facts.ts';
import type { Draft, Postmortem, Status } from './postmortem.ts';

export type PostmortemCommand =
  | { readonly do: 'generate'; readonly incident: Postmortem['incident']; readonly content: Content }
  | { readonly do: 'write'; readonly section: string; readonly text: string | null }
  /** `of` is when the generation was that the model was shown. */
  | { readonly do: 'draft'; readonly draft: Draft; readonly of: Instant }
  /** `over` says whether the incident itself is. */
  | { readonly do: 'move'; readonly to: Status; readonly over: boolean };

/** The facts that a command causes; none when there is nothing to do. What contradicts the state is refused with `conflict`. */
export function decidePostmortem(
  before: Postmortem | undefined,
  command: PostmortemCommand,
  now: Instant,
): readonly PostmortemFact[] {
  if (command.do === 'generate') {
    if (before?.status === 'done') throw isDone();
    if (before !== undefined && isSame(before, command.content)) return [];
    const data = { ...command.content, incident: command.incident };
    return [{ type: 'postmortem.generated', occurredAt: now, data }];
  }
  if (before === undefined) throw new Refusal('not_found', 'There is no such post-mortem.');
  switch (command.do) {
    case 'write':
      return write(before, command, now);
    case 'draft':
      return draft(before, command, now);
    case 'move':
      return move(before, command, now);
    default:
      return impossible(command);
  }
}

/** A generation that would say the same again changes nothing: it would only make the log longer. */
function isSame(before: Postmortem, content: Content): boolean {
  const said = ({ name, title, template, upTo, sections, sources, analysis }: Content) =>
    jsonDigest([name, title, template, upTo, sections, sources, analysis]);
  return before.draft === undefined && said(before) === said(content);
}

const isDone = (): Refusal =>
  new Refusal(
    'conflict',
    'This post-mortem is done; move it back to draft or review to change it.',
    'status',
  );

function write(
  before: Postmortem,
  { section, text }: Extract<PostmortemCommand, { do: 'write' }>,
  now: Instant,
): readonly PostmortemFact[] {
  if (before.status === 'done') throw isDone();
  const names = before.sections.map(({ name }) => name);
  if (!names.includes(section) && before.written[section] === undefined) {
    throw new Refusal(
      'invalid',
      `There is no section '${section}'; there are ${names.join(', ')}.`,
      'body.sections',
    );
  }
  if ((before.written[section]?.text ?? null) === text) return [];
  return [{ type: 'postmortem.written', occurredAt: now, data: { section, text } }];
}

function draft(
  before: Postmortem,
  { draft: made, of }: Extract<PostmortemCommand, { do: 'draft' }>,
  now: Instant,
): readonly PostmortemFact[] {
  if (before.status === 'done') throw isDone();
  if (before.generatedAt !== of) {
    const message = 'It was generated anew while the model wrote; ask for the draft again.';
    throw new Refusal('conflict', message);
  }
  return [{ type: 'postmortem.drafted', occurredAt: now, data: { draft: made } }];
}

function move(
  before: Postmortem,
  { to, over }: Extract<PostmortemCommand, { do: 'move' }>,
  now: Instant,
): readonly PostmortemFact[] {
  if (before.status === to) return [];
  if (to === 'done' && !over) {
    throw new Refusal(
      'conflict',
      `${before.name} is not over; resolve it before its post-mortem is done.`,
      'body.status',
    );
  }
  return [{ type: 'postmortem.moved', occurredAt: now, data: { to } }];
}
