import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  configurationSchema,
  emptyConfiguration,
  understood,
} from '../../../../shared/configuration/index.ts';
import {
  defaultWarRoomSettings,
  videoProviders,
  warRoomSettings,
} from '../../../../shared/war-room/index.ts';

describe('the settings of war rooms', () => {
  it('have defaults that need no credentials', () => {
    expect(warRoomSettings.parse({})).toEqual({
      maxParticipants: 50,
      videoIntegration: 'jitsi',
      autoRecording: false,
      sessionTimeout: 3_600,
      jitsiServer: 'https://meet.jit.si',
    });
    expect(emptyConfiguration.warRoom).toEqual(defaultWarRoomSettings);
    expect(configurationSchema.parse({}).warRoom).toEqual(defaultWarRoomSettings);
  });

  it.each([
    ['maxParticipants', 1],
    ['maxParticipants', 2.5],
    ['videoIntegration', 'skype'],
    ['autoRecording', 'yes'],
    ['sessionTimeout', 59],
    ['sessionTimeout', 86_401],
    ['jitsiServer', 'http://meet.example.com'],
    ['jitsiServer', 'https://ann:pw@meet.example.com'],
    ['jitsiServer', 'https://meet.example.com/?a=b'],
    ['jitsiServer', 'https://meet.example.com/#room'],
    ['jitsiServer', 'https://meet.exa mple.com'],
    ['jitsiServer', 'javascript:alert(1)'],
    ['colour', 'green'],
  ])('refuse %s: %j', (field, value) => {
    expect(warRoomSettings.safeParse({ [field]: value }).success).toBe(false);
  });

  it('take a server of one’s own, also below a path', () => {
    expect(warRoomSettings.parse({ jitsiServer: ' https://video.example.com/rooms/ ' }).jitsiServer).toBe(
      'https://video.example.com/rooms',
    );
  });
});

describe('settings of war rooms that another version stored', () => {
  const stored = (warRoom: unknown) => understood({ people: [], policies: [], rules: [], warRoom });

  it('are the defaults where there are none', () => {
    expect(understood({ people: [] })).toMatchObject({
      configuration: { warRoom: defaultWarRoomSettings },
      leftOut: [],
    });
  });

  it('are read as far as they are understood, and what is not is named', () => {
    const { configuration, leftOut } = stored({
      ...{ maxParticipants: 20, videoIntegration: 'webex', hologram: true },
      autoRecording: true,
    });
    expect(configuration.warRoom).toEqual({
      ...defaultWarRoomSettings,
      maxParticipants: 20,
      autoRecording: true,
    });
    expect(leftOut).toEqual([
      'warRoom videoIntegration: not understood here',
      'warRoom hologram: not understood here',
    ]);
    expect(stored(['x']).leftOut).toHaveLength(1);
    expect(stored(7)).toMatchObject({
      configuration: { warRoom: defaultWarRoomSettings },
      leftOut: ['warRoom: not an object'],
    });
  });

  it('never throw, and what was accepted once is read as it was', () => {
    fc.assert(
      fc.property(fc.anything(), (warRoom) => {
        expect(warRoomSettings.safeParse(stored(warRoom).configuration.warRoom).success).toBe(true);
      }),
    );
    const settings = fc.record({
      maxParticipants: fc.integer({ min: 2, max: 1_000 }),
      videoIntegration: fc.constantFrom(...videoProviders),
      autoRecording: fc.boolean(),
      sessionTimeout: fc.integer({ min: 60, max: 86_400 }),
      jitsiServer: fc.webUrl({ validSchemes: ['https'] }),
    });
    fc.assert(
      fc.property(settings, (given) => {
        const warRoom = warRoomSettings.parse(given);
        expect(stored(JSON.parse(JSON.stringify(warRoom)))).toMatchObject({
          configuration: { warRoom },
          leftOut: [],
        });
      }),
    );
  });
});
