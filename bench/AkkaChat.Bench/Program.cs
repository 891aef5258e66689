return await new AkkaChat.Bench.CommandLine().RunAsync(args);
