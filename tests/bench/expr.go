// SPDX-License-Identifier: Apache-2.0
// The conditions of pack50 in Expr (expr-lang.org), the expression engine of Go
// services, over the same records; tests/bench/other_languages writes them and
// the struct of a record (facts.go), builds both and starts this:
//
//	expr CONDITIONS RECORDS ROUNDS
//
// CONDITIONS has one a line. They are one program, compiled beforehand, and each
// record is a struct that encoding/json fills, in a machine that is used again.
// On standard output: JSON of microseconds of CPU a record, and of each record the
// numbers of the conditions that hold.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// A time, or a day alone.
type Moment struct{ time.Time }

func (moment *Moment) UnmarshalJSON(text []byte) error {
	layout := `"2006-01-02"`
	if len(text) > len(layout) {
		layout = `"` + time.RFC3339Nano + `"`
	}
	read, err := time.Parse(layout, string(text))
	moment.Time = read
	return err
}

func lines(path string) []string {
	text, err := os.ReadFile(path)
	must(err)
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "expr:", err)
		os.Exit(1)
	}
}

func read(line string) *Facts {
	facts := new(Facts)
	must(json.Unmarshal([]byte(line), facts))
	say(facts)
	return facts
}

// Microseconds of CPU that the process has taken, with what collects its memory.
func cpu() float64 {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e3
}

// Microseconds of CPU a record: the median of the rounds.
func timed(rounds, records int, work func()) float64 {
	var took []float64
	for round := 0; round < rounds; round++ {
		begin := cpu()
		work()
		took = append(took, (cpu()-begin)/float64(records))
	}
	sort.Float64s(took)
	return took[rounds/2]
}

func main() {
	conditions, records := lines(os.Args[1]), lines(os.Args[2])
	rounds, err := strconv.Atoi(os.Args[3])
	must(err)
	program, err := expr.Compile("["+strings.Join(conditions, ",\n")+"]", expr.Env(&Facts{}))
	must(err)
	var machine vm.VM
	answers := func(facts *Facts) []any {
		said, err := machine.Run(program, facts)
		must(err)
		return said.([]any)
	}

	facts := make([]*Facts, len(records))
	holds := make([][]int, len(records))
	for i, line := range records {
		facts[i] = read(line)
		holds[i] = []int{}
		for which, held := range answers(facts[i]) {
			if held.(bool) {
				holds[i] = append(holds[i], which)
			}
		}
	}
	must(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"holds": holds,
		"figures": [][]any{
			{"encoding/json", timed(rounds, len(records), func() {
				for _, line := range records {
					read(line)
				}
			})},
			{"conditions", timed(rounds, len(records), func() {
				for _, one := range facts {
					answers(one)
				}
			})},
			{"everything", timed(rounds, len(records), func() {
				for _, line := range records {
					answers(read(line))
				}
			})},
		},
	}))
}
