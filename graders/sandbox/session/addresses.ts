/** Where an object lies in memory, as Python says it of whatever has no words of its own, is another place in every run. */
export const withoutAddresses = (text: string): string => text.replaceAll(/\bat 0x[0-9a-fA-F]{6,16}(?=>)/g, 'at 0x…');
