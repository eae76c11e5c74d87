import { entity } from './entity.ts';

// The items of post-mortems.

export const postmortemHead = entity({
  about: 'How a post-mortem stands, as listed, and its version: the guard of its log.',
  pk: 'O#{org}#PM#{postmortem}',
  sk: 'HEAD',
  gsi1pk: 'O#{org}#PM',
  gsi1sk: '{createdAt:15}#{postmortem}',
});

export const postmortemFact = entity({
  about:
    'One fact of a post-mortem under its number, which is the version that it made: that it was generated, or what a person wrote.',
  pk: 'O#{org}#PM#{postmortem}',
  sk: 'F#{seq:6}',
});

export const postmortemContent = entity({
  about: 'What a generation made, under the number of its fact: only that of the last one is read.',
  pk: 'O#{org}#PM#{postmortem}',
  sk: 'G#{seq:6}',
});
