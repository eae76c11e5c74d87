import * as z from 'zod';
import { type Severity, severities } from '../alerts/index.ts';
import type { Incident } from '../incidents/index.ts';
import { type Filling, fillings } from './postmortem.ts';

/** A part of a template: words, or a place that is filled. */
export type TemplatePiece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'filling'; readonly filling: Filling };

/** A part of a template under a heading. */
export interface TemplateSection {
  readonly name: string;
  readonly title: string;
  readonly pieces: readonly TemplatePiece[];
}

/** A placeholder: `{{summary}}`. */
const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The sections of a template: each begins with a heading of the second level. Throws nothing: what is unknown is told by `faultsOfTemplate`. */
export function sectionsOf(markdown: string): readonly TemplateSection[] {
  const sections: TemplateSection[] = [];
  for (const part of markdown.replaceAll('\r\n', '\n').split(/^(?=## )/m)) {
    const [, title, body = ''] = /^## (.+)\n?([\s\S]*)$/.exec(part) ?? [];
    if (title === undefined) continue;
    const taken = new Set(sections.map(({ name }) => name));
    sections.push({ name: nameFor(title.trim(), taken), title: title.trim(), pieces: piecesOf(body.trim()) });
  }
  return sections;
}

/** `root-cause` of `Root cause`; a second one of the same name is numbered. */
function nameFor(title: string, taken: ReadonlySet<string>): string {
  const name =
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '') || 'section';
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}-${i}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function piecesOf(body: string): readonly TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let done = 0;
  const words = (until: number) => {
    const text = body.slice(done, until).trim();
    if (text !== '') pieces.push({ kind: 'words', text });
  };
  for (const found of body.matchAll(placeholder)) {
    const filling = fillings.find((one) => one === found[1]);
    if (filling === undefined) continue;
    words(found.index);
    pieces.push({ kind: 'filling', filling });
    done = found.index + found[0].length;
  }
  words(body.length);
  return pieces;
}

/** What is wrong with a template, in words; empty when all is well. */
export function faultsOfTemplate(markdown: string): readonly string[] {
  const strange = [...markdown.matchAll(placeholder)]
    .map(([, name = '']) => name)
    .filter((name) => !isFilling(name));
  return [
    ...(sectionsOf(markdown).length === 0
      ? ['It has no section: begin each with a line such as “## Summary”']
      : []),
    ...[...new Set(strange)].map((name) => `'{{${name}}}' is filled with nothing; there are ${allowed}`),
  ];
}

const isFilling = (name: string): name is Filling => fillings.some((one) => one === name);
const allowed = fillings.map((name) => `{{${name}}}`).join(', ');

/** A template for incidents of some kind, as it is configured. */
export const templateSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'Expected small letters, digits and hyphens'),
  name: z.string().trim().min(1).max(100),
  /** Grows when the text changes, so that a post-mortem can say which it was made from. */
  version: z.int().min(1).default(1),
  /** The incidents that it is for; all when nothing is said. */
  when: z
    .strictObject({
      severities: z.array(z.enum(severities)).min(1).optional(),
      services: z.array(z.string().min(1).max(100)).min(1).optional(),
    })
    .optional(),
  markdown: z
    .string()
    .max(20_000)
    .superRefine((text, context) => {
      for (const message of faultsOfTemplate(text)) context.addIssue({ code: 'custom', message });
    }),
});

export type Template = z.infer<typeof templateSchema>;

/** What is used where nothing else is configured. */
export const defaultTemplate: Template = {
  id: 'default',
  name: 'Incident',
  version: 1,
  markdown: `## Summary

{{summary}}

## Impact

{{impact}}

## Timeline

{{timeline}}

## Response

{{response}}

## Root cause

{{root-cause}}

## Contributing factors

{{contributing-factors}}

## Action items

{{action-items}}

## What went well

_What helped, and should be kept?_

## What was luck

_What could have made it worse?_
`,
};

/** The template of this id, else the first that is for such an incident, else the default one; undefined when the id is unknown. */
export function templateFor(
  incident: Pick<Incident, 'severity' | 'service'>,
  templates: readonly Template[],
  id?: string,
): Template | undefined {
  const all = [...templates, defaultTemplate];
  return id === undefined ? all.find((one) => isFor(one, incident)) : all.find((one) => one.id === id);
}

function isFor(
  { when }: Template,
  { severity, service }: { readonly severity: Severity; readonly service?: string },
): boolean {
  const { severities: wanted, services } = when ?? {};
  return (
    (wanted === undefined || wanted.includes(severity)) &&
    (services === undefined || (service !== undefined && services.includes(service)))
  );
}
