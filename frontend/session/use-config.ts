import { useEffect, useState } from 'react';
import { type Config, parseConfig } from './config.ts';

export type LoadedConfig =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'ready'; readonly config: Config };

/** Loads config.json once. */
export function useConfig(): LoadedConfig {
  const [loaded, setLoaded] = useState<LoadedConfig>({ state: 'loading' });
  useEffect(() => {
    load().then(
      (config) => setLoaded({ state: 'ready', config }),
      (error: unknown) => setLoaded({ state: 'failed', message: messageOf(error) }),
    );
  }, []);
  return loaded;
}

async function load(): Promise<Config> {
  const answer = await fetch('/config.json', { cache: 'no-store' });
  if (!answer.ok) throw new Error(`/config.json: the server answered ${answer.status}.`);
  const body: unknown = await answer.json();
  return parseConfig(body);
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'config.json could not be read.';
