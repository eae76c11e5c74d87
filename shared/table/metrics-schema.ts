import { entity } from './entity.ts';

// The items of the metrics, which are a fold over the heads of incidents but for what people want of them.

export const metricsTargets = entity({
  about: 'How long things may take: the targets of the metrics, at a version.',
  pk: 'O#{org}#METRICS',
  sk: 'TARGETS',
});

export const metricsTargetsVersion = entity({
  about:
    'The targets of one version, with who set them and when: what is opened then is judged by them. Never a TTL.',
  pk: 'O#{org}#METRICS',
  sk: 'V#{version:9}',
});
