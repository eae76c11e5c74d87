import { fieldNamed, fieldNames, meantField, type Subject } from './subject.ts';

/** A text with places that are filled from an alert: `{@service}` a field, `{region}` a label, `{{` a bracket. */
export type Template = readonly (string | Subject)[];

/** Reads a template; what is wrong with it is told in words, with its place. */
export function readTemplate(text: string): { readonly template: Template; readonly fault?: string } {
  const template: (string | Subject)[] = [];
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('{', at);
    template.push(text.slice(at, open < 0 ? text.length : open));
    if (open < 0) break;
    if (text[open + 1] === '{') {
      template.push('{');
      at = open + 2;
      continue;
    }
    const close = text.indexOf('}', open);
    const name = text.slice(open + 1, close).trim();
    const subject = name.startsWith('@') ? fieldIn(name) : { label: name };
    if (close < 0 || name === '' || subject === undefined)
      return { template, fault: faultOf(name, open, close) };
    template.push(subject);
    at = close + 1;
  }
  return { template: template.filter((part) => part !== '') };
}

function fieldIn(name: string): Subject | undefined {
  const field = fieldNamed(name);
  return field && { field };
}

function faultOf(name: string, open: number, close: number): string {
  if (close < 0) return `the bracket at character ${open + 1} is not closed; {{ stands for a bracket`;
  const got = name === '' ? 'nothing' : `'${name}'`;
  return `${got} at character ${open + 1} cannot be filled in; allowed is the name of a label, or one of ${fieldNames}${meantField(name)}`;
}
