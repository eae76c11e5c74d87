import { MantineProvider } from '@mantine/core';
import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server.edge';
import { describe, expect, it } from 'vitest';
import { statusAddress } from '../../frontend/app/addresses.ts';
import { AffectedChoice, affectedOf, touchedIn } from '../../frontend/publishing/affected-choice.tsx';
import { bodyOf, drafted, draftOf } from '../../frontend/publishing/branding.ts';
import { isConflict } from '../../frontend/publishing/failed.tsx';
import {
  changesOf,
  draftedOf,
  emptyMaintenance,
  isOrdered,
  bodyOf as maintenanceBodyOf,
} from '../../frontend/publishing/maintenance-draft.ts';
import { countOf, partIn, parts } from '../../frontend/publishing/parts.ts';
import { mostUrgentFirst } from '../../frontend/publishing/urgency.ts';
import { instantOf, localText } from '../../frontend/time/local.ts';
import { DAY, toText } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { impacts, workings } from '../../shared/status/nouns.ts';
import { blankStatus, status } from './status-sample.ts';

const { page, components, maintenance, proposals } = status;
const [first, second] = components;
const anyWords = fc.string({ unit: 'grapheme', maxLength: 40 });

describe('texts and look, as they are written', () => {
  it('begin as published, and sent so they change nothing', () => {
    const { id: _, ...published } = page;
    expect(bodyOf(draftOf(page))).toEqual(published);
    expect(drafted(page, draftOf(page))).toEqual(page);
  });

  it('lose what is emptied', () => {
    const empty = {
      ...draftOf(page),
      url: ' ',
      header: '',
      footer: '',
      logo: '',
      accent: '',
      accentDark: '',
    };
    expect(bodyOf(empty)).toEqual({
      ...{ name: page.name, url: null, header: null, footer: null, logo: null, colours: null },
    });
    expect(drafted(page, empty)).toEqual({ id: page.id, name: page.name });
  });

  it('are shown without a colour or a logo that is none yet, and without the logo of another site', () => {
    const half = { ...draftOf(page), accent: '#12', accentDark: '#123456', logo: 'https://a.example/x.png' };
    expect(drafted(page, half)).toMatchObject({ colours: { accentDark: '#123456' } });
    expect(drafted(page, half)).not.toHaveProperty('logo');
    expect(drafted(page, half).colours).not.toHaveProperty('accent');
    expect(drafted(page, { ...half, logo: 'data:text/html;base64,AAAA' })).not.toHaveProperty('logo');
  });

  it('are never shown other than the API would take them, whatever is typed', () => {
    const names = ['name', 'url', 'header', 'footer', 'logo', 'accent', 'accentDark'] as const;
    const typed = fc.record(Object.fromEntries(names.map((name) => [name, anyWords])));
    fc.assert(
      fc.property(typed, (words) => {
        const { logo, colours, name } = drafted(page, { ...draftOf(page), ...words });
        const body = { name, ...(logo && { logo }), ...(colours && { colours }) };
        expect(statusApi.configure.body.partial().safeParse({ ...body, name: page.name }).success).toBe(true);
        expect(name).not.toBe('');
      }),
    );
  });
});

describe('proposals', () => {
  const [over, begun] = proposals;

  it('stand by urgency: what nobody was told yet before what is over, the worst first', () => {
    if (!over || !begun) throw new Error('The sample has two proposals');
    const told = (id: string, impact?: (typeof impacts)[number]) =>
      impact === undefined ? { ...begun, id, impact: undefined } : { ...begun, id, impact };
    const [minor, critical, guessed] = [
      told('minor', 'minor'),
      told('critical', 'critical'),
      told('guessed'),
    ];
    const ordered = mostUrgentFirst([over, minor, guessed, critical] as typeof proposals);
    expect(ordered.map(({ id }) => id)).toEqual(['critical', 'minor', 'guessed', over.id]);
  });

  it('keep their order where they are alike, and none is lost, in whatever order they come', () => {
    const [one] = proposals;
    const any = fc.array(
      fc.record({
        kind: fc.constantFrom('publish-incident' as const, 'publish-update' as const),
        impact: fc.option(fc.constantFrom(...impacts), { nil: undefined }),
      }),
    );
    fc.assert(
      fc.property(any, (kinds) => {
        const list = kinds.map((kind, i) => ({
          ...one,
          ...kind,
          id: String(i),
        })) as unknown as typeof proposals;
        const ordered = mostUrgentFirst(list);
        expect(new Set(ordered)).toEqual(new Set(list));
        expect(mostUrgentFirst(ordered)).toEqual(ordered);
        const lastBegun = ordered.findLastIndex(({ kind }) => kind === 'publish-incident');
        const firstOver = ordered.findIndex(({ kind }) => kind === 'publish-update');
        if (firstOver >= 0) expect(lastBegun).toBeLessThan(firstOver);
      }),
    );
  });
});

describe('the choice of components', () => {
  const ids = components.map(({ id }) => id);
  const markup = (chosen: ReturnType<typeof touchedIn>) =>
    renderToStaticMarkup(
      createElement(
        MantineProvider,
        { withCssVariables: false, withGlobalClasses: false, withStaticClasses: true },
        createElement(AffectedChoice, { components, chosen, onChoose: () => undefined }),
      ),
    );

  it('is what an update says, and back', () => {
    const any = fc.dictionary(fc.constantFrom(...ids), fc.constantFrom(...workings));
    fc.assert(
      fc.property(any, (chosen) => {
        expect(touchedIn(affectedOf(chosen, components))).toEqual({ ...chosen });
      }),
    );
  });

  it('leaves out what was removed meanwhile', () => {
    const chosen = { [first?.id ?? '']: 'major_outage', gone: 'major_outage' } as const;
    expect(affectedOf(chosen, components)).toEqual([{ component: first?.id, status: 'major_outage' }]);
  });

  it('shows a field for each that is chosen, and one list of all others', () => {
    expect(markup({}).match(/<select/g)).toHaveLength(1);
    expect(markup({})).toContain('None is affected');
    const html = markup({ [first?.id ?? '']: 'major_outage', [second?.id ?? '']: 'operational' });
    expect(html.match(/<select/g)).toHaveLength(3);
    expect(html).toContain('Add another component');
    const all = Object.fromEntries(ids.map((id) => [id, 'operational' as const]));
    expect(markup(all).match(/<select/g)).toHaveLength(ids.length);
  });
});

describe('maintenance, as it is written', () => {
  const [announced] = maintenance;
  if (!announced) throw new Error('The sample has maintenance');

  it('changes nothing while nothing is written, though fields know no seconds', () => {
    const odd = { ...announced, from: '2026-11-28T11:00:31.250Z' };
    expect(changesOf(draftedOf(odd), odd, components)).toEqual({});
  });

  it('sends what was written alone', () => {
    const draft = { ...draftedOf(announced), text: ' Longer. ', until: '2026-11-29T09:00' };
    expect(changesOf(draft, announced, components)).toEqual({
      text: 'Longer.',
      until: toText(instantOf('2026-11-29T09:00')),
    });
    const moved = { ...draftedOf(announced), components: [second?.id ?? '', 'gone'] };
    expect(changesOf(moved, announced, components)).toEqual({ components: [second?.id] });
  });

  it('is taken by the API as it is sent', () => {
    const draft = { ...draftedOf(announced), title: ' Move ', until: '2026-11-29T09:00' };
    const body = maintenanceBodyOf(draft, components);
    expect(statusApi['schedule-maintenance'].body.safeParse(body).success).toBe(true);
  });

  it('is not in order before both times are written, and not backwards', () => {
    expect(isOrdered(emptyMaintenance)).toBe(false);
    expect(isOrdered({ ...emptyMaintenance, from: '2026-11-28T09:00' })).toBe(false);
    const times = { from: '2026-11-28T09:00', until: '2026-11-28T09:01' };
    expect(isOrdered({ ...emptyMaintenance, ...times })).toBe(true);
    expect(isOrdered({ ...emptyMaintenance, from: times.until, until: times.from })).toBe(false);
  });
});

describe('a field for date and time', () => {
  it('holds the minute of any point in time, by the clock of the reader', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 * DAY }), (at) => {
        const text = localText(toText(at));
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
        // In the hour that a clock repeats, the same text names two times.
        const apart = Math.abs(instantOf(text) - Math.floor(at / 60_000) * 60_000);
        expect([0, 3_600_000]).toContain(apart);
      }),
    );
  });

  it('names no time while it is empty', () => expect(instantOf('')).toBeNaN());
});

describe('the parts of the management', () => {
  it('have an address each, and nothing else has one', () => {
    for (const [part] of parts) expect(partIn(statusAddress(part).split('/')[2])).toBe(part);
    expect(partIn()).toBe('');
    expect(partIn('elsewhere')).toBeUndefined();
  });

  it('count what is to be looked at', () => {
    expect(parts.map(([part]) => countOf(part, status))).toEqual([3, 0, 2, 0, 0]);
    expect(parts.map(([part]) => countOf(part, blankStatus))).toEqual([0, 0, 0, 0, 0]);
  });
});

it('somebody else was faster: the page was at another version, or what is wanted contradicts it', () => {
  const problem = (status?: number) => ({ message: 'x', ...(status !== undefined && { status }) });
  expect([409, 412, 400, 503].map((code) => isConflict(problem(code) as never))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
