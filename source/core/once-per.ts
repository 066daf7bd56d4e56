/** `make`, asked once for each input as long as that lives: several findings want to know the same of a join. */
export function oncePer<Input extends object, Value>(make: (input: Input) => Value): (input: Input) => Value {
  const made = new WeakMap<Input, Value>();
  return (input) => {
    const known = made.get(input);
    if (known !== undefined) return known;
    const value = make(input);
    made.set(input, value);
    return value;
  };
}
