type Numbers = Float64Array | Uint32Array | Uint16Array;

/** A list of numbers that grows in place: a million readings need the memory of a typed array and not of a list. */
export class GrowingArray<A extends Numbers> {
  readonly #make: (length: number) => A;
  #items: A;
  #length = 0;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#items = make(64);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const larger = this.#make(Math.ceil(this.#length * 1.5));
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length] = value;
    this.#length += 1;
  }

  at(index: number): number | undefined {
    return index < this.#length ? this.#items[index] : undefined;
  }

  /** The values that were pushed; the spare memory is freed. */
  values(): A {
    if (this.#items.length > this.#length) this.#items = this.#items.slice(0, this.#length) as A;
    return this.#items;
  }
}

export const growingFloat64 = (): GrowingArray<Float64Array> => new GrowingArray((length) => new Float64Array(length));
export const growingUint32 = (): GrowingArray<Uint32Array> => new GrowingArray((length) => new Uint32Array(length));
export const growingUint16 = (): GrowingArray<Uint16Array> => new GrowingArray((length) => new Uint16Array(length));
