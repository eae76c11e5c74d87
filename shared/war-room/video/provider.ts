import type { VideoProvider } from '../../incidents/index.ts';

/** The products that can give a video link; `jitsi` alone needs no credentials. */
export const videoProviders = ['jitsi', 'zoom', 'teams', 'meet'] as const satisfies readonly VideoProvider[];
