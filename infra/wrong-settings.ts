/** Where settings were said. */
export interface SettingsSource {
  /** The file that was read, or that one would write. */
  readonly file: string;
  readonly isThere: boolean;
  /** Whether they are for this machine, where no command line gives settings. */
  readonly isLocal?: boolean;
  /** The names in it. */
  readonly names: readonly string[];
  /** Where a value comes from, as people call it. */
  origin(name: string): string;
}

/** What is wrong with settings, in words for whoever deploys. */
export class WrongSettings extends Error {
  readonly faults: readonly string[];

  constructor(heading: string, faults: readonly string[]) {
    super(`${heading}\n  ${faults.join('\n  ')}`);
    this.name = 'WrongSettings';
    this.faults = faults;
  }
}

/** How the error begins: which file to correct, or how to begin one. */
export function heading({ file, isThere, isLocal }: SettingsSource): string {
  if (isLocal) return `Correct these settings in ${file}:`;
  if (isThere) return `Correct these settings in ${file}, or give them by -c name=value:`;
  return `There is no ${file} yet (begin with: cp settings.example.json ${file}). Write these settings into it, or give them by -c name=value:`;
}

/** What was got, and where if that is not the file. */
export function toldOf(value: unknown, source: SettingsSource, name: string): string {
  return value === undefined ? 'nothing' : `${JSON.stringify(value)}${elsewhere(source, name)}`;
}

/** Where a value comes from, if not from the file that the error is about. */
export function elsewhere({ file, origin }: SettingsSource, name: string): string {
  const from = origin(name);
  if (from === file) return '';
  return from === '-c' ? ' by -c' : ` from ${from}`;
}
