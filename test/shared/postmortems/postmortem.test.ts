import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../shared/kernel/index.ts';
import {
  decidePostmortem,
  defaultTemplate,
  documentHtml,
  documentMarkdown,
  documentOf,
  faultsIn,
  faultsOfTemplate,
  generate,
  onlyShown,
  type Postmortem,
  type PostmortemCommand,
  sectionsOf,
  templateFor,
  templateSchema,
} from '../../../shared/postmortems/index.ts';
import { codeOf, inc, minutes } from '../../support/given.ts';
import { bob, escalated, logOf, openedFact, said } from '../timeline/log.ts';
import { content, generated, given, postmortemAfter, type Recorded, rolledBack } from './given.ts';

const now = minutes(40);
const decide = (before: Postmortem | undefined, command: PostmortemCommand) =>
  decidePostmortem(before, command, now);
const markdown = (postmortem: Postmortem, actions = []) => documentMarkdown(documentOf(postmortem, actions));
const written = (section: string, text: string | null) =>
  ({ type: 'postmortem.written', occurredAt: minutes(35), data: { section, text } }) as const;
const moved = (to: Postmortem['status']) =>
  ({ type: 'postmortem.moved', occurredAt: minutes(36), data: { to } }) as const;

describe('a generated post-mortem', () => {
  it('names what shows every sentence', () => {
    const text = markdown(postmortemAfter([generated()]));
    for (const line of text.split('\n').filter((one) => /^- /.test(one)))
      expect(line).toMatch(/\(\[\d+\]\(#source-\d+\)/);
    expect(text).toContain('Confirmed: Release of the basket (checkout 4.2.0).');
  });

  it('tells of an incident that goes on, and of one of which little is known', () => {
    const told = [
      [0, openedFact()],
      [0, escalated(1)],
    ] as const;
    const text = markdown(postmortemAfter([generated(generate(given({ told }), defaultTemplate))]));
    expect(text).toContain('It is not over yet.');
    expect(text).toContain('Nobody had answered: did the pages arrive');
    expect(text).toContain('## Root cause\n\n_Nothing is on record._');
  });

  it('says that nobody acknowledged an incident that ended by itself', () => {
    const told = rolledBack.filter(([, { type }]) => type !== 'incident.acknowledged');
    const text = markdown(postmortemAfter([generated(content({ told }))]));
    expect(text).toMatch(/Nobody acknowledged it before it was over\. \(\[\d+\]/);
    expect(markdown(postmortemAfter([generated()]))).not.toContain('Nobody acknowledged');
  });

  it('lets no words of others become markup', () => {
    const told = [
      ...rolledBack.slice(0, 4),
      [9, said('Decision: <img src=x onerror=alert(1)> [a](javascript:alert(1))'), bob],
    ] as const;
    const html = documentHtml(
      documentOf(postmortemAfter([generated(content({ told }))]), []),
      'x',
      '<svg></svg>',
    );
    expect(html).not.toMatch(/<img|href="javascript/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

it('lets each paragraph, heading and point of the HTML go the way of its first letter', () => {
  const html = documentHtml([{ kind: 'markdown', text: '## שלום\n\nעולם\n\n- a' }], 'x', '<svg></svg>');
  for (const part of ['<h2 dir="auto">שלום', '<p dir="auto">עולם', '<li dir="auto">'])
    expect(html).toContain(part);
});

describe('the linter', () => {
  const known = new Set(['fct_1']);

  it('refuses a claim that nothing shows', () => {
    expect(faultsIn([{ text: 'It was the database.', cites: [] }], known)).toEqual([
      'Nothing shows that “It was the database.”.',
    ]);
    expect(faultsIn([{ text: 'x', cites: ['fct_2'] }], known)).toEqual([
      '“x” rests on fct_2, which is not there.',
    ]);
    expect(faultsIn([{ text: ' ', cites: ['fct_1'] }], known)).toHaveLength(1);
    expect(faultsIn([{ text: 'x', cites: ['fct_1'] }], known)).toEqual([]);
  });

  it('leaves of what somebody claims only what something shows', () => {
    const claims = [['fct_1'], [], ['fct_1', 'fct_9']].map((cites, i) => ({ text: `${i}`, cites }));
    expect(onlyShown(claims, known)).toEqual([claims[0]]);
  });
});

describe('what a person wrote', () => {
  it('stands in place of what was generated, and outlives every generation', () => {
    const first = postmortemAfter([generated()], [written('root-cause', 'The *index* was missing.'), bob]);
    expect(markdown(first)).toContain('## Root cause\n\nThe *index* was missing.\n');
    const again = postmortemAfter(
      [generated()],
      [written('root-cause', 'The *index* was missing.'), bob],
      [generated()],
    );
    expect(again.written).toEqual(first.written);
    expect(markdown(again)).toContain('The *index* was missing.');
  });

  it('is kept when the template has no such section any more', () => {
    const short = generate(given(), { ...defaultTemplate, markdown: '## Summary\n{{summary}}' });
    const text = markdown(
      postmortemAfter([generated()], [written('what-went-well', 'Ann was quick.')], [generated(short)]),
    );
    expect(text).toContain('## what-went-well\n\nAnn was quick.');
  });

  it('is taken away by a person alone, and then what was generated shows again', () => {
    const back = postmortemAfter([generated()], [written('summary', 'Short.')], [written('summary', null)]);
    expect(markdown(back)).toBe(markdown(postmortemAfter([generated()])));
  });
});

describe('a command', () => {
  const draft = postmortemAfter([generated()]);
  const done = postmortemAfter([generated()], [moved('done')]);

  it('generates first and again, but not over one that is done', () => {
    const command = { do: 'generate', incident: inc, content: content() } as const;
    expect(decide(undefined, command)).toMatchObject([{ type: 'postmortem.generated' }]);
    expect(decide(draft, command)).toEqual([]);
    const more = content({ told: [...rolledBack, [25, said('Decision: bound the basket')]] });
    expect(decide(draft, { ...command, content: more })).toHaveLength(1);
    expect(codeOf(() => decide(done, command))).toBe('conflict');
  });

  it('writes only in sections that are there, only what is new, and not when it is done', () => {
    expect(decide(draft, { do: 'write', section: 'summary', text: 'x' })).toHaveLength(1);
    expect(
      decide(postmortemAfter([generated()], [written('summary', 'x')]), {
        do: 'write',
        section: 'summary',
        text: 'x',
      }),
    ).toEqual([]);
    expect(decide(draft, { do: 'write', section: 'summary', text: null })).toEqual([]);
    expect(codeOf(() => decide(draft, { do: 'write', section: 'nowhere', text: 'x' }))).toBe('invalid');
    expect(codeOf(() => decide(done, { do: 'write', section: 'summary', text: 'x' }))).toBe('conflict');
  });

  it('moves it on and back, and to done only when the incident is over', () => {
    expect(decide(draft, { do: 'move', to: 'review', over: false })).toHaveLength(1);
    expect(decide(draft, { do: 'move', to: 'draft', over: true })).toEqual([]);
    expect(codeOf(() => decide(draft, { do: 'move', to: 'done', over: false }))).toBe('conflict');
    expect(decide(done, { do: 'move', to: 'draft', over: true })).toHaveLength(1);
  });

  it('of any kind on any state gives facts that the state takes, or a refusal', () => {
    const command = fc.oneof(
      fc.constant({ do: 'generate', incident: inc, content: content() } as const),
      fc.record({
        do: fc.constant('write' as const),
        section: fc.constantFrom('summary', 'x'),
        text: fc.option(fc.string()),
      }),
      fc.record({
        do: fc.constant('move' as const),
        to: fc.constantFrom('draft', 'review', 'done'),
        over: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        let facts: readonly Recorded[] = [[generated()]];
        for (const one of commands) {
          try {
            facts = [...facts, ...decide(postmortemAfter(...facts), one).map((fact) => [fact] as const)];
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
          }
          expect(postmortemAfter(...facts).version).toBe(facts.length);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a template', () => {
  it('is cut into its sections, each named by its heading', () => {
    const text =
      'before\r\n## Summary\r\n{{ summary }}\n\nAnd _why_?\n## Summary\n### Part\n{{impact}}{{timeline}}\n## ?\n';
    expect(sectionsOf(text)).toEqual([
      {
        name: 'summary',
        title: 'Summary',
        pieces: [
          { kind: 'filling', filling: 'summary' },
          { kind: 'words', text: 'And _why_?' },
        ],
      },
      {
        name: 'summary-2',
        title: 'Summary',
        pieces: [
          { kind: 'words', text: '### Part' },
          { kind: 'filling', filling: 'impact' },
          { kind: 'filling', filling: 'timeline' },
        ],
      },
      { name: 'section', title: '?', pieces: [] },
    ]);
  });

  it('is refused when it has no section, or asks for what nothing fills', () => {
    expect(faultsOfTemplate('# Title')[0]).toContain('It has no section');
    expect(faultsOfTemplate('## A\n{{blame}} {{blame}}')).toEqual([
      expect.stringContaining("'{{blame}}' is filled with nothing"),
    ]);
    expect(templateSchema.safeParse({ id: 'x', name: 'X', markdown: '## A\n{{blame}}' }).success).toBe(false);
    expect(faultsOfTemplate(defaultTemplate.markdown)).toEqual([]);
  });

  it('is chosen by name, else by severity and service, else the one that is there anyhow', () => {
    const one = templateSchema.parse({
      id: 'db',
      name: 'Databases',
      when: { services: ['db'], severities: ['P1_CRITICAL'] },
      markdown: '## A',
    });
    const incident = { severity: 'P1_CRITICAL', service: 'db' } as const;
    expect(templateFor(incident, [one])?.id).toBe('db');
    expect(templateFor({ ...incident, severity: 'P2_HIGH' }, [one])?.id).toBe('default');
    expect(templateFor({ severity: 'P1_CRITICAL' }, [one])?.id).toBe('default');
    expect(templateFor({ severity: 'P4_LOW' }, [one], 'db')?.id).toBe('db');
    expect(templateFor(incident, [one], 'nowhere')).toBeUndefined();
  });

  it('of any text is cut or refused, never thrown at', () => {
    const pieces = fc.constantFrom('## ', '\n', '{{', '}}', 'summary', 'x', ' ', '#', '{{impact}}', '\r\n');
    fc.assert(
      fc.property(
        fc.array(pieces).map((some) => some.join('')),
        (text) => {
          const names = sectionsOf(text).map(({ name }) => name);
          expect(new Set(names).size).toBe(names.length);
          expect(Array.isArray(faultsOfTemplate(text))).toBe(true);
        },
      ),
    );
  });
});

describe('action items', () => {
  it('are told with who and until when', () => {
    const actions = [
      { text: 'Add an *index*', assignee: 'Ann', due: '2026-12-01', done: false },
      { text: 'Tell support', done: true },
    ];
    const text = documentMarkdown(documentOf(postmortemAfter([generated()]), actions));
    expect(text).toContain('- Add an \\*index\\* (Ann, due 2026-12-01)\n- Done: Tell support (nobody yet)');
  });
});

it('generates the same from the same log', () => {
  expect(logOf(...rolledBack)).toEqual(logOf(...rolledBack));
  expect(content()).toEqual(content());
});
