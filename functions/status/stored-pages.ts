import { type StoredPage, storedIn } from '../../shared/status/index.ts';
import { statusFolders } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { listFiles, readFile } from '../aws/files.ts';

const states = `${statusFolders.private}/pages/`;

/** Where the publisher keeps a page. */
export const stateKey = (page: string): string => `${states}${page}/state.json`;

/** What the publisher keeps of a page; undefined before it wrote it. */
export async function storedPage(page: string): Promise<StoredPage | undefined> {
  const text = await readFile(stateKey(page));
  return text === undefined ? undefined : storedIn(text);
}

/** What the publisher keeps of every page. */
export async function storedPages(): Promise<readonly StoredPage[]> {
  const keys = (await listFiles(states)).filter((key) => key.endsWith('/state.json'));
  const texts = await allDone(keys.map(readFile));
  return texts.flatMap((text) => (text === undefined ? [] : [storedIn(text)]));
}
