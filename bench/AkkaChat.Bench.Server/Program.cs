await AkkaChat.Bench.Server.BenchServer.RunAsync(args);
