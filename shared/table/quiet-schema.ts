import { entity } from './entity.ts';

// The items of silences and maintenance windows, and of what they hold back.

export const quiet = entity({
  about:
    'A silence or maintenance window, at a version of its own; among what is due while alerts that it holds back are to be looked at.',
  pk: 'O#{org}#Q#{quiet}',
  sk: 'HEAD',
  gsi2pk: 'DUE#Q#{shard}',
  gsi2sk: '{dueAt:15}#{org}#{quiet}',
  expires: true,
});

export const heldAlert = entity({
  about:
    'The newest firing of an alert that a silence, a maintenance window or another alert holds back, or that waits for a threshold (`wait_0` to `wait_7`).',
  pk: 'O#{org}#Q#{quiet}',
  sk: 'A#{fp}',
  expires: true,
});

export const listedQuiet = entity({
  about: 'A copy of a silence or maintenance window, by its end: what is in force is one range.',
  pk: 'O#{org}#QUIET',
  sk: '{to:15}#{quiet}',
  expires: true,
});

export const quietVersion = entity({
  about: 'The version of all silences and maintenance windows together; part of each load of detection.',
  pk: 'O#{org}#Q',
  sk: 'VERSION',
});

export const mutingGroup = entity({
  about:
    'A group of alerts that mute others, while it may hold some back; among what is due when those are to be looked at. One of the name `inh_all` asks for all, and for what waits for thresholds, after a change of configuration.',
  pk: 'O#{org}#MUTING',
  sk: '{quiet}',
  gsi2pk: 'DUE#Q#{shard}',
  gsi2sk: '{dueAt:15}#{org}#{quiet}',
});
