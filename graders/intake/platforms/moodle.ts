/** Moodle: `Ada Lovelace_1203_assignsubmission_file_`, as a folder or in front of each file. */
import type { Owned } from './owned.ts';

const pattern = /^((.+?)_(\d{1,20})_assignsubmission_(?:file|onlinetext))(?:_(.*))?$/su;

/** What Moodle calls participants in blind marking, in the languages in which it is used most. */
const participant =
  /^(participant|participante|teilnehmer(\/?in)?|deelnemer|partecipante|deltaker|deltagare?|uczestnik|účastník|osallistuja|katılımcı|участник|учасник|参加者|参与者|參與者|참가자)$/iu;

/** The name of the folder, or of a file with what Moodle wrote in front of it; the number is the participant's. */
export function moodle(name: string): Owned | undefined {
  const [, prefix, label, person, file = ''] = pattern.exec(name) ?? [];
  if (prefix === undefined) return undefined;
  // Moodle itself takes `_` out of names; builds that put the user's name in front part it so.
  const [, username, fullName] = /^([^_]+)_(.+)$/su.exec(label!) ?? [undefined, undefined, label!];
  return {
    origin: {
      platform: 'moodle',
      handedInAs: file === '' ? name : `${prefix}_`,
      person: person!,
      ...(!participant.test(fullName!) && { name: fullName! }),
      ...(username !== undefined && { username }),
    },
    label: fullName!,
    distinct: person!,
    file,
  };
}
