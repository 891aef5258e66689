using AkkaChat.Host;

return await HostProgram.RunAsync(args);
