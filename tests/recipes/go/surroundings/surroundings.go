// Package surroundings is what the recipes have around them: a cache given by the environment, and commands to run.
package surroundings

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"os"
	"strconv"
	"time"
)

// Address is the cache's, as HOST:PORT.
func Address() string {
	return os.Getenv("CACHE_HOST") + ":" + os.Getenv("CACHE_PORT")
}

// TLS trusts the given CA alone.
func TLS() *tls.Config {
	pem, err := os.ReadFile(os.Getenv("CACHE_CA"))
	if err != nil {
		panic(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	return &tls.Config{RootCAs: roots, ServerName: os.Getenv("CACHE_HOST")}
}

// MaxAge is shorter than the recipe's own where a test wants to see it end.
func MaxAge(own time.Duration) time.Duration {
	if seconds, err := strconv.Atoi(os.Getenv("MAX_AGE")); err == nil {
		return time.Duration(seconds) * time.Second
	}
	return own
}

// Client is what each of the clients can do.
type Client struct {
	WhoAmI func() (string, error)
	Set    func(value string) error
	Get    func() (string, error)
}

type did struct {
	WhoAmI   string `json:"whoami"`
	Commands int    `json:"commands"`
	Lost     int    `json:"lost"`
	Error    string `json:"error"`
}

// Run prints one line: what was done. A client that could not be made is its error.
func Run(client Client, err error) {
	var did did
	if err == nil {
		did.WhoAmI, err = client.WhoAmI()
	}
	if err == nil {
		did.run(client)
	} else {
		did.Error = err.Error()
	}
	_ = json.NewEncoder(os.Stdout).Encode(did)
}

func (did *did) run(client Client) {
	turns, err := strconv.Atoi(os.Getenv("TURNS"))
	if err != nil {
		panic(err)
	}
	for turn := range turns {
		value, got := strconv.Itoa(turn), ""
		err := client.Set(value)
		if err == nil {
			got, err = client.Get()
		}
		if err != nil {
			did.Error = err.Error()
		}
		if got != value {
			did.Lost++
		}
		did.Commands += 2
		time.Sleep(10 * time.Millisecond)
	}
}
