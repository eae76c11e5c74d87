import { resolve } from 'node:path';
import * as z from 'zod';
import { type ContextSource, contextFiles, originIn, readJson } from './cdk-context.ts';
import { localOnly } from './placeholders.ts';
import { type SettingsSource, WrongSettings } from './wrong-settings.ts';

/** Where the owner of a deployment writes the settings, at the root of the project; git ignores it. */
const usual = 'settings.json';

/** What one copies to begin, and what runs on this machine, where no settings are needed. */
export const exampleFile = 'settings.example.json';

/** In the context, names another file: one for each stack. */
const whichFile = 'settings';

/** All that was said about settings, by name, and where. */
export interface SettingsGiven {
  readonly values: Readonly<Record<string, unknown>>;
  readonly source: SettingsSource;
}

const Content = z.record(z.string(), z.unknown());

/**
 * Adds the file of settings to a context of the CDK, which goes before it; for this machine, the examples come after it.
 *
 * @param root the folder of the project, to which the file's name is relative
 * @param files where the context may come from, to say so
 */
export function settingsGiven(
  context: Readonly<Record<string, unknown>>,
  root: string,
  files: readonly ContextSource[] = contextFiles(root),
): SettingsGiven {
  const { [whichFile]: chosen, ...rest } = context;
  const isLocal = String(rest[localOnly]) === 'true';
  const file = String(chosen ?? (isLocal ? exampleFile : usual));
  const content = contentOf(resolve(root, file), file);
  // For this machine the examples are good, so a file need say only what shall be otherwise.
  const examples = isLocal ? contentOf(resolve(root, exampleFile), exampleFile) : undefined;
  const origin = (name: string) => {
    if (Object.hasOwn(rest, name)) return originIn(files, name, rest[name]);
    const isExample = !Object.hasOwn(content ?? {}, name) && Object.hasOwn(examples ?? {}, name);
    return isExample ? exampleFile : file;
  };
  const source = { file, isLocal, isThere: content !== undefined, names: Object.keys(content ?? {}), origin };
  return { values: { ...examples, ...content, ...rest }, source };
}

function contentOf(path: string, file: string): Readonly<Record<string, unknown>> | undefined {
  let found: unknown;
  try {
    found = readJson(path);
  } catch (fault) {
    const hint =
      fault instanceof SyntaxError
        ? '; look for a comma or a quotation mark that is missing, or one too many'
        : '';
    throw new WrongSettings(`${file} cannot be read${hint}:`, [
      fault instanceof Error ? fault.message : String(fault),
    ]);
  }
  if (found === undefined) return undefined;
  const parsed = Content.safeParse(found);
  if (parsed.success) return parsed.data;
  throw new WrongSettings(`${file} cannot be used:`, [
    `got ${JSON.stringify(found).slice(0, 100)}, allowed is an object as in ${exampleFile}`,
  ]);
}
