using AkkaChat.Testing.Tests.SampleApp;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<Greeter>();
builder.AddAkkaChat(options => options.PingInterval = TimeSpan.FromSeconds(10));

var app = builder.Build();
var io = app.MapAkkaChat();
io.On("greet", (string name, Greeter greeter) => greeter.Greet(name));
app.Run();

/// <summary>An application's own program, as a template makes it.</summary>
public partial class Program;
