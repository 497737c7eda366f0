/** Puts frames together from the chunks of a stream, holding no more than one frame at its caps. */
import { binaryCap, decodeHeader, headerBytes, ProtocolBreak, type Frame } from './frame.ts';

const brace = 0x7b;
const widestBytes = 8;

export interface FrameReader {
  /** Adds a chunk; returns a frame once it is complete. Throws ProtocolBreak on an impossible header or on bytes after a frame. */
  push(chunk: Uint8Array): Frame | undefined;
}

/** A reader for exactly one frame: whatever follows it in the stream is a break, since every request has one reply. */
export function createFrameReader(mostBytes = binaryCap): FrameReader {
  const header = new Uint8Array(headerBytes);
  let inHeader = 0;
  let body: Uint8Array | undefined;
  let inBody = 0;
  let jsonLength = 0;

  return {
    push(chunk) {
      let at = 0;
      if (inHeader < headerBytes) {
        const taken = chunk.subarray(0, headerBytes - inHeader);
        header.set(taken, inHeader);
        inHeader += taken.length;
        at = taken.length;
        if (inHeader < headerBytes) return undefined;
        const lengths = decodeHeader(header);
        if (lengths.binaryLength > mostBytes) throw new ProtocolBreak('a header announces more than was asked for');
        jsonLength = lengths.jsonLength;
        if (jsonLength === 0) throw new ProtocolBreak('a header announces no JSON');
        // The arrays begin where a number of any kind may lie, so that they are read where they are.
        const before = -jsonLength & (widestBytes - 1);
        body = new Uint8Array(new ArrayBuffer(before + jsonLength + lengths.binaryLength), before);
      }
      const rest = chunk.subarray(at);
      if (body === undefined || rest.length > body.length - inBody) throw new ProtocolBreak('bytes follow the reply');
      body.set(rest, inBody);
      inBody += rest.length;
      // Stray bytes in front of a frame shift it; that shows here rather than by waiting for a body that never comes.
      if (inBody > 0 && body[0] !== brace) throw new ProtocolBreak('no object follows the header');
      if (inBody < body.length) return undefined;
      return { json: body.subarray(0, jsonLength), binary: body.subarray(jsonLength) };
    },
  };
}
