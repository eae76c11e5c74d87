import { lasting, utcText } from '../kernel/index.ts';
import { laneNames, type TimelineEvent } from './event.ts';
import { type Phase, phaseWords } from './phases.ts';
import type { DrawnTimeline } from './view.ts';

/** A timeline as Markdown: phases, gaps and bottlenecks, then the events of one page. */
export function timelineMarkdown(timeline: DrawnTimeline, events = timeline.events): string {
  const { name, title, phases, gaps, bottlenecks } = timeline;
  return [
    `# Timeline of ${name}: ${inline(title)}`,
    section('Phases', phases.map(phaseLine)),
    section(
      'Gaps',
      gaps.map(({ from, to, question }) => `- ${utcText(from)} to ${utcText(to)}: ${inline(question)}`),
    ),
    section(
      'Bottlenecks',
      bottlenecks.map(({ text, suggestion }) => `- ${inline(`${text} ${suggestion}`)}`),
    ),
    timeline.moreChanges === true ? MORE_CHANGES : '',
    eventsMarkdown(events),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** Said where changes were left out. */
export const MORE_CHANGES =
  'More changes were told around it than are shown: those farthest from its beginning are left out.';

/** The events of a further page. */
export function eventsMarkdown(events: readonly TimelineEvent[]): string {
  return section('Events', events.map(eventLine));
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `## ${title}\n\n${lines.join('\n')}`;

function phaseLine(phase: Phase): string {
  const words = `- **${phase.name}** (${phaseWords[phase.name]})`;
  if (phase.state === 'done')
    return `${words}: ${lasting(phase.to - phase.from)}, ${utcText(phase.from)} to ${utcText(phase.to)}. ${inline(phase.end?.why ?? '')}`;
  return phase.state === 'ongoing' ? `${words}: since ${utcText(phase.from)}` : `${words}: ${phase.state}`;
}

function eventLine({ at, lane, text, quote, lines = [], link, key }: TimelineEvent): string {
  const said = quote === undefined ? '' : ` “${inline(quote)}”`;
  const more = lines.length === 0 ? '' : ` (${lines.map(inline).join('; ')})`;
  const where = link === undefined ? '' : ` <${link.replaceAll(/[\s<>]/g, encodeURIComponent)}>`;
  const line = `${inline(text)}${said}${more}${where}`;
  return `- ${utcText(at)} UTC, ${laneNames[lane]}: ${key ? `**${line}**` : line}`;
}

/** Text of people on one line, so that nothing of it is read as Markdown or HTML. */
export function inline(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]()<>#+\-.!|~&]/g, (letter) =>
      '-.+()!'.includes(letter) ? letter : `\\${letter}`,
    );
}
