import { createHash } from 'node:crypto';

/** What happened in a run, line by line, and a digest of it: two runs of one seed have the same. */
export class Trace {
  readonly lines: string[] = [];
  private readonly hash = createHash('sha256');

  line(...parts: readonly unknown[]): void {
    const text = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
    this.hash.update(`${text}\n`);
    this.lines.push(text);
  }

  digest(): string {
    return this.hash.copy().digest('hex');
  }
}
