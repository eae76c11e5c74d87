import type { VideoProvider } from '../../incidents/index.ts';

/** The products that can give a video link; `jitsi` alone needs no credentials. */
export const videoProviders = ['jitsi', 'zoom', 'teams', 'meet'] as const satisfies readonly VideoProvider[];

/** How people know the products. */
export const providerNames: Readonly<Record<VideoProvider, string>> = {
  jitsi: 'Jitsi',
  zoom: 'Zoom',
  teams: 'Microsoft Teams',
  meet: 'Google Meet',
};
