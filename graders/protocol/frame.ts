/**
 * Frames on the wire between grader and guest: u32 JSON length, u32 binary length (little-endian), JSON text, raw bytes.
 * Used on both sides; the binary part carries tensors, so that numbers never pass through text.
 */

export const headerBytes = 8;
export const jsonCap = 4 * 2 ** 20;
export const binaryCap = 64 * 2 ** 20;

/** A message as it crosses: JSON text and the bytes that its arrays refer to, in the order in which they are written. */
export interface Frame {
  json: Uint8Array;
  binary: Uint8Array;
}

/** What arrived cannot be a message of ours; the channel is closed and nothing more is read from it. */
export class ProtocolBreak extends Error {
  override name = 'ProtocolBreak';
}

export function encodeHeader(jsonLength: number, binaryLength: number): Uint8Array {
  const header = new Uint8Array(headerBytes);
  const view = new DataView(header.buffer);
  view.setUint32(0, jsonLength, true);
  view.setUint32(4, binaryLength, true);
  return header;
}

/** Lengths announced by a header; throws ProtocolBreak above the caps, before anything is allocated for them. */
export function decodeHeader(header: Uint8Array): { jsonLength: number; binaryLength: number } {
  const view = new DataView(header.buffer, header.byteOffset, headerBytes);
  const jsonLength = view.getUint32(0, true);
  const binaryLength = view.getUint32(4, true);
  if (jsonLength > jsonCap) throw new ProtocolBreak(`a header announces ${jsonLength} bytes of JSON`);
  if (binaryLength > binaryCap) throw new ProtocolBreak(`a header announces ${binaryLength} bytes of arrays`);
  return { jsonLength, binaryLength };
}
